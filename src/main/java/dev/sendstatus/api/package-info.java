/** HTTP in and out: the only package that knows the web server. */
@NullMarked
package dev.sendstatus.api;

import org.jspecify.annotations.NullMarked;
