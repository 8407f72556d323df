package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookDifference.Reason;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.w3c.dom.Element;

/**
 * A messaging application as Bandwidth describes it, and what of it is not as it should be. The old elements for both
 * directions at once ({@code MsgCallbackUrl}, {@code CallbackCreds}) still hold where the new ones are absent.
 */
record Application(Element element) {
    static final String URL = "OutboundCallbackUrl";
    static final String CREDENTIALS = "OutboundCallbackCreds";
    static final String TYPES = "RequestedCallbackTypes";
    static final String TYPE = "CallbackType";

    /** Without them no end of a message is ever reported. {@code message-sending} is a matter of taste. */
    private static final List<String> NEEDED_TYPES = List.of("message-delivered", "message-failed");

    boolean forMessages() {
        return !Xml.text(element, "ServiceType").startsWith("Voice");
    }

    /** @param users the user names that are accepted here, the one to be entered first */
    WebhookResource resource(WebhookUrl wanted, List<String> users) {
        String url =
                first(Xml.text(element, URL), Xml.text(element, "MsgCallbackUrl"), Xml.text(element, "CallbackUrl"));
        String user = first(Xml.text(element, CREDENTIALS, "UserId"), Xml.text(element, "CallbackCreds", "UserId"));
        Set<String> types = types();
        List<WebhookDifference> differences = new ArrayList<>();
        wanted.difference(URL, url).ifPresent(differences::add);
        if (!users.contains(user)) {
            Reason reason = user.isEmpty() ? Reason.CREDENTIALS_NOT_SET : Reason.OTHER_CREDENTIALS;
            differences.add(new WebhookDifference(reason, CREDENTIALS, user, "callback-username as configured"));
        }
        if (!types.containsAll(NEEDED_TYPES)) {
            Set<String> all = new TreeSet<>(types);
            all.addAll(NEEDED_TYPES);
            differences.add(new WebhookDifference(
                    Reason.CALLBACK_TYPE_OFF, TYPES, String.join(" ", types), String.join(" ", all)));
        }
        return new WebhookResource(
                "application",
                Xml.text(element, "ApplicationId"),
                Xml.text(element, "AppName"),
                List.of(
                        new Setting(URL, WebhookUrl.shown(url)),
                        new Setting("InboundCallbackUrl", WebhookUrl.shown(Xml.text(element, "InboundCallbackUrl"))),
                        new Setting(CREDENTIALS, user),
                        new Setting(TYPES, String.join(" ", types))),
                differences,
                "");
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (Element requested : Xml.children(element, TYPES)) {
            Xml.children(requested, TYPE).forEach(type -> types.add(type.getTextContent()));
        }
        return types;
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
