/** Providers' APIs to test against. */
@NullMarked
package dev.sendstatus.webhooks;

import org.jspecify.annotations.NullMarked;
