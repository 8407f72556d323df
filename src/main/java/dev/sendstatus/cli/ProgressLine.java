package dev.sendstatus.cli;

import dev.sendstatus.text.ProgressListener;
import java.io.InputStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar on the error stream while a person watches it; nothing otherwise. One thread. */
final class ProgressLine implements ProgressListener, AutoCloseable {
    /** The total of work that only knows its share. */
    static final int STEPS = 1_000;

    private final @Nullable ProgressBar bar;

    private ProgressLine(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static ProgressLine of(CliContext.Terminal terminal, String what, long total) {
        return new ProgressLine(terminal.progress() ? bar(what, total).build() : null);
    }

    /** A bar that shows the rate as well. Its total may become known later. */
    static ProgressLine counting(CliContext.Terminal terminal, String what, String unit) {
        return new ProgressLine(
                terminal.progress() ? bar(what, -1).setUnit(unit, 1).showSpeed().build() : null);
    }

    /** The stream, with a bar of the bytes that were read. @param total in bytes; -1 if it is not known */
    static InputStream of(CliContext.Terminal terminal, String what, long total, InputStream in) {
        return terminal.progress() ? ProgressBar.wrap(in, bar(what, total)) : in;
    }

    private static ProgressBarBuilder bar(String what, long total) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setConsumer(new ConsoleProgressBarConsumer(System.err));
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

    /** @param share from 0 to 1, of {@link #STEPS} */
    void share(double share) {
        at(Math.round(share * STEPS));
    }

    /** @param total as far as it is known by now */
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
