package dev.sendstatus.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending program's own words, by which a message is found.
 *
 * @param reference the program's own name of the send; null if it gave none
 * @param campaign what it belongs to; null if it gave none
 * @param tags in their order, each once; may be empty
 * @param linkDomains the domains of the links in it, in lower case and in their order, each once; may be empty
 */
public record Labels(
        @Nullable String reference, @Nullable String campaign, List<String> tags, List<String> linkDomains) {

    /** Of a message that was not registered, or registered without any. */
    public static final Labels NONE = new Labels(null, null, List.of(), List.of());

    public Labels {
        tags = List.copyOf(tags);
        linkDomains = List.copyOf(linkDomains);
    }

    public static Labels of(@Nullable Registration registration) {
        return registration == null
                ? NONE
                : new Labels(
                        registration.reference(),
                        registration.campaign(),
                        registration.tags(),
                        registration.linkDomains());
    }
}
