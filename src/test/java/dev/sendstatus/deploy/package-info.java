/** Holds what is deployed against the program: units, proxies, rules and dashboards name only what there is. */
@NullMarked
package dev.sendstatus.deploy;

import org.jspecify.annotations.NullMarked;
