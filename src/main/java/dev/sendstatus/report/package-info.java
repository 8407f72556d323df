/** The daily report of stuck messages: made once a day, kept, and shown as a table, CSV, JSON or a page. */
@NullMarked
package dev.sendstatus.report;

import org.jspecify.annotations.NullMarked;
