package dev.sendstatus.cli;

import dev.sendstatus.query.WrongParameter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words about wrong arguments: one line, and the command that shows help. */
final class WrongUsage {
    private static final String INVALID = "Invalid value for ";

    private WrongUsage() {}

    static int answer(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        return answer(
                command,
                mistake instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : said(mistake));
    }

    /** The library calls a parameter "positional parameter at index 0". A person knows it by its label. */
    private static String said(ParameterException mistake) {
        String message = String.valueOf(mistake.getMessage());
        if (!message.startsWith(INVALID)) {
            return message;
        }
        String name = mistake.getArgSpec() instanceof OptionSpec option
                ? option.longestName()
                : mistake.getArgSpec().paramLabel();
        return name + ": " + message.substring(message.indexOf(": ") + 2);
    }

    /** The message begins with the parameter's name, as the API says it. */
    static int answer(CommandLine command, WrongParameter mistake) {
        String message = String.valueOf(mistake.getMessage());
        int end = message.indexOf(' ');
        return answer(command, option(message.substring(0, end)) + message.substring(end));
    }

    private static int answer(CommandLine command, String message) {
        command.getErr().println(message);
        command.getErr().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** The option of the parameter that the API calls so. */
    static String option(String parameter) {
        return "--" + parameter.replace('_', '-');
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        String first = mistake.getUnmatched().get(0);
        String what = mistake.isUnknownOption()
                ? "There is no option " + first + "."
                : mistake.getCommandLine().getSubcommands().isEmpty()
                        ? "\"" + first + "\" is one argument too many."
                        : "There is no command " + first + ".";
        List<String> near = mistake.getSuggestions();
        return near.isEmpty() ? what : what + " Did you mean " + near.get(0) + "?";
    }

    /** Numbers are read by converters that complain in a person's words. */
    static void registerConverters(CommandLine line) {
        ITypeConverter<Integer> whole = text -> number(text, Integer::valueOf, "a whole number");
        ITypeConverter<Long> great = text -> number(text, Long::valueOf, "a whole number");
        ITypeConverter<Double> any = text -> number(text, Double::valueOf, "a number");
        line.registerConverter(int.class, whole);
        line.registerConverter(Integer.class, whole);
        line.registerConverter(long.class, great);
        line.registerConverter(Long.class, great);
        line.registerConverter(double.class, any);
        line.registerConverter(Double.class, any);
    }

    private static <T> T number(String text, Function<String, T> reading, String what) {
        try {
            return reading.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("\"" + text + "\" is not " + what);
        }
    }
}
