package dev.sendstatus.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as they are written on the command line. */
final class Span {
    private Span() {}

    /** {@code 6h}, {@code 90m}, {@code 2d}, or as the configuration writes it: {@code PT6H}. */
    static final class Length implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String upper = text.strip().toUpperCase(Locale.ROOT);
            String iso = upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper;
            try {
                Duration length = Duration.parse(iso);
                if (!length.isNegative()) {
                    return length;
                }
            } catch (DateTimeException | ArithmeticException e) {
                throw new TypeConversionException("\"" + text + "\" is no duration: write it like 6h, 90m, 2d or PT6H");
            }
            throw new TypeConversionException("\"" + text + "\" lies in the future: write it like 6h");
        }
    }

    /** A moment like {@code 2026-11-25T06:00:00Z}, or a day in UTC, from its beginning. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return moment(text, false, "write it like 2026-11-25T06:00:00Z, or 2026-11-25 for a day in UTC");
        }
    }

    private static Instant moment(String text, boolean wholeDay, String example) {
        String stripped = text.strip();
        try {
            if (stripped.length() == "2026-11-25".length()) {
                LocalDate day = LocalDate.parse(stripped).plusDays(wholeDay ? 1 : 0);
                return day.atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return OffsetDateTime.parse(stripped).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is no time: " + example);
        }
    }

    /** {@code FROM..TO}: moments like {@code 2026-11-25T06:00:00Z}, or days in UTC, of which the last counts as a whole. */
    record Window(Instant from, Instant to) {
        static final class Converter implements ITypeConverter<Window> {
            private static final String EXAMPLE = "write it like 2026-11-25T06:00:00Z..2026-11-25T09:30:00Z, or"
                    + " 2026-11-24..2026-11-25 for two days in UTC";

            @Override
            public Window convert(String text) {
                int dots = text.indexOf("..");
                if (dots < 0) {
                    throw new TypeConversionException("\"" + text + "\" is no window: " + EXAMPLE);
                }
                Instant from = moment(text.substring(0, dots), false, EXAMPLE);
                Instant to = moment(text.substring(dots + 2), true, EXAMPLE);
                if (!from.isBefore(to)) {
                    throw new TypeConversionException("\"" + text + "\" ends before it begins: " + EXAMPLE);
                }
                return new Window(from, to);
            }
        }
    }
}
