package dev.sendstatus.store;

import dev.sendstatus.event.Provider;
import java.util.Set;

/** Some of the error codes, asked for together: those of a category. */
public interface CodeGroup {

    boolean includes(Provider provider, String code);

    /** The codes of all providers that it may include; empty if it may include any. */
    Set<String> texts();
}
