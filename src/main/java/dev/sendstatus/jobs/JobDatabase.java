package dev.sendstatus.jobs;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import javax.sql.DataSource;

/**
 * The database that has the table {@code scheduled_tasks}.
 *
 * @param connections for short statements, each committed by itself; not closed by who uses it here
 * @param dialect the database's habits
 */
public record JobDatabase(DataSource connections, JdbcCustomization dialect) {}
