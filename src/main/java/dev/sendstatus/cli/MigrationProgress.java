package dev.sendstatus.cli;

import dev.sendstatus.migrate.Migrator;

/** A bar for each part of a migration, with rows a second and the time left. One thread. */
final class MigrationProgress implements Migrator.Listener, AutoCloseable {
    private final CliContext.Terminal terminal;
    private ProgressLine bar;

    MigrationProgress(CliContext.Terminal terminal) {
        this.terminal = terminal;
        this.bar = ProgressLine.of(CliContext.Terminal.NONE, "", 0);
    }

    @Override
    public void begins(String what, long total) {
        bar.close();
        bar = ProgressLine.counting(terminal, what, " rows");
        if (total > 0) {
            bar.of(total);
        }
    }

    @Override
    public void at(long rows) {
        bar.at(rows);
    }

    @Override
    public void close() {
        bar.close();
    }
}
