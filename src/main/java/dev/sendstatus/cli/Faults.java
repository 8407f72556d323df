package dev.sendstatus.cli;

import dev.sendstatus.config.Nearest;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The faults of simulated traffic, each as a share from 0 to 1.
 *
 * @param duplicates of all callbacks come again
 * @param reordered of all messages have their callbacks the wrong way round
 * @param late of all final callbacks come far behind
 * @param lost of all messages never get a final callback
 * @param forged of all callbacks have a twin that says the opposite, signed with somebody else's secrets
 */
record Faults(double duplicates, double reordered, double late, double lost, double forged) {
    static final String DEFAULT = "duplicates=0.05,reordered=0.1,late=0.1,lost=0.02,forged=0.01";
    private static final List<String> NAMES = List.of("duplicates", "reordered", "late", "lost", "forged");

    /** Reads {@code late=0.1,lost=0.02}; a fault that is not named does not happen; {@code none} is nothing at all. */
    static final class Converter implements ITypeConverter<Faults> {
        @Override
        public Faults convert(String text) {
            double[] shares = new double[NAMES.size()];
            if (!text.isBlank() && !text.strip().equals("none")) {
                for (String part : text.split(",", -1)) {
                    int equals = part.indexOf('=');
                    String name = (equals < 0 ? part : part.substring(0, equals)).strip();
                    int index = NAMES.indexOf(name);
                    if (index < 0) {
                        throw new TypeConversionException("\"" + name + "\" is no fault; write " + DEFAULT
                                + " or some of these, or none" + Nearest.question(name, NAMES));
                    }
                    shares[index] = share(name, equals < 0 ? "" : part.substring(equals + 1));
                }
            }
            return new Faults(shares[0], shares[1], shares[2], shares[3], shares[4]);
        }

        private static double share(String name, String text) {
            double share = Double.NaN;
            try {
                share = Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException(name + " takes a share from 0 to 1: " + name + "=0.1");
            }
            if (!(share >= 0 && share <= 1)) {
                throw new TypeConversionException(name + " takes a share from 0 to 1: " + name + "=0.1");
            }
            return share;
        }
    }
}
