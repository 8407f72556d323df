package dev.sendstatus.dashboard;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import nu.validator.client.EmbeddedValidator;

/** The validator of the W3C. */
final class HtmlValidator {
    static final String GOOD = "Document checking completed. No errors found.\n";

    /** It goes down its schema by recursion. */
    private static final long STACK_BYTES = 64L << 20;

    /** It takes a page of many names and little text for another language. */
    private static final Pattern LANGUAGE_GUESS =
            Pattern.compile("Warning: This document appears to be written in .*\nFrom line .*\n");

    private HtmlValidator() {}

    static String verdict(String html) throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> {
            EmbeddedValidator validator = new EmbeddedValidator();
            validator.setOutputFormat(EmbeddedValidator.OutputFormat.TEXT);
            return validator.validate(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        });
        new Thread(null, task, "validator", STACK_BYTES).start();
        return LANGUAGE_GUESS.matcher(task.get()).replaceAll("");
    }
}
