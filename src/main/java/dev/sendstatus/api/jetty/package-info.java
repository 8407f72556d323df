/** All that rests on how Jetty and Javalin are built inside, and may break with their next version. {@code ConnectionsTest} tells. */
@NullMarked
package dev.sendstatus.api.jetty;

import org.jspecify.annotations.NullMarked;
