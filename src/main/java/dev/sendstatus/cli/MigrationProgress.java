package dev.sendstatus.cli;

import dev.sendstatus.migrate.Watcher;

/** A bar for each part of a migration, with rows a second and the time left. One thread. */
final class MigrationProgress implements Watcher, AutoCloseable {
    private final CliContext.Terminal terminal;
    private Progress bar;

    MigrationProgress(CliContext.Terminal terminal) {
        this.terminal = terminal;
        this.bar = Progress.of(CliContext.Terminal.NONE, "", 0);
    }

    @Override
    public void begins(String what, long total) {
        bar.close();
        bar = Progress.counting(terminal, what, " rows");
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
