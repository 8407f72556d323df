/**
 * The dashboard: pages that the server writes, for a person. They ask what the API asks, and have no SQL of their own.
 *
 * <p>A page is three things: a record that decides the texts that differ, with a static {@code of(Api, Visit)}; a template of that name in
 * {@code src/main/jte/dashboard}, which places them and has the texts that are always the same; and a line in {@link
 * dev.sendstatus.dashboard.Dashboard}, which gives it a path.
 */
@NullMarked
package dev.sendstatus.dashboard;

import org.jspecify.annotations.NullMarked;
