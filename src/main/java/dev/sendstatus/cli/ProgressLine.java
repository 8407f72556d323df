package dev.sendstatus.cli;

import dev.sendstatus.text.ProgressListener;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar on the error stream while a person watches it; nothing otherwise. One thread. */
final class ProgressLine implements ProgressListener, AutoCloseable {
    private final @Nullable ProgressBar bar;

    private ProgressLine(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressLine of(CliContext.Terminal terminal, String what, long total) {
        if (!terminal.progress()) {
            return new ProgressLine(null);
        }
        return new ProgressLine(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build());
    }

    /** With how many a second, and of a total that is only learned as it goes. */
    static ProgressLine counting(CliContext.Terminal terminal, String what, String unit) {
        if (!terminal.progress()) {
            return new ProgressLine(null);
        }
        return new ProgressLine(new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(-1)
                .setUnit(unit, 1)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build());
    }

    @Override
    public void at(long done, long total) {
        of(total);
        at(done);
    }

    void at(long count) {
        if (bar != null) {
            bar.stepTo(count);
        }
    }

    /** So many as is known by now. */
    void of(long total) {
        if (bar != null) {
            bar.maxHint(total);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
