/** Tests of Bandwidth's adapter; its fixtures are the folder {@code provider/bandwidth} of the test resources. */
@NullMarked
package dev.sendstatus.provider.bandwidth;

import org.jspecify.annotations.NullMarked;
