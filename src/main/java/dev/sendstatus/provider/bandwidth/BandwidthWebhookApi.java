package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookDifference.Reason;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.PoliteCalls;
import dev.sendstatus.provider.rest.RestClient.Authorization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.w3c.dom.Element;

/**
 * The messaging applications of an account, in XML: {@code docs/providers/bandwidth.md}, From nothing to the first callback. A
 * password is never given back, so one that differs cannot be seen; it is sent only together with its user name.
 */
final class BandwidthWebhookApi implements WebhookApi {
    private static final String URL = "OutboundCallbackUrl";
    private static final String INBOUND_URL = "InboundCallbackUrl";
    private static final String CREDENTIALS = "OutboundCallbackCreds";
    private static final String TYPES = "RequestedCallbackTypes";
    private static final String TYPE = "CallbackType";

    /** Without them no end of a message is ever reported. {@code message-sending} is a matter of taste. */
    private static final List<String> NEEDED_TYPES = List.of("message-delivered", "message-failed");

    private static final MediaType XML = MediaType.get("application/xml");

    private final HttpUrl applications;
    private final BandwidthKeys keys;
    private final PoliteCalls calls;

    /** @throws ApiFailed without credentials of the API */
    BandwidthWebhookApi(BandwidthKeys keys, ApiSettings api) throws ApiFailed {
        Authorization tokens = keys.tokens(api);
        if (tokens == null || keys.accountId() == null) {
            throw new ApiFailed(
                    "account-id, client-id and client-secret are not all configured: set BANDWIDTH_ACCOUNT_ID,"
                            + " BANDWIDTH_CLIENT_ID and BANDWIDTH_CLIENT_SECRET (Dashboard, Account, API Credentials)");
        }
        this.applications = api.url(BandwidthKeys.API, "api/accounts", keys.accountId(), "applications");
        this.keys = keys;
        this.calls = new PoliteCalls(
                api,
                tokens,
                "client-id and client-secret (Account, API Credentials), and that they have the right to applications");
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        Element root = Xml.read(calls.call("GET", applications, null), applications.host());
        List<Element> lists = Xml.children(root, "ApplicationList");
        return Xml.children(lists.isEmpty() ? root : lists.get(0), "Application").stream()
                .filter(application -> !Xml.text(application, "ServiceType").startsWith("Voice"))
                .map(application -> resource(application, wanted))
                .toList();
    }

    /** The old elements for both directions at once still hold where the new ones are absent. */
    private WebhookResource resource(Element application, WebhookUrl wanted) {
        String url = first(
                Xml.text(application, URL),
                Xml.text(application, "MsgCallbackUrl"),
                Xml.text(application, "CallbackUrl"));
        String user =
                first(Xml.text(application, CREDENTIALS, "UserId"), Xml.text(application, "CallbackCreds", "UserId"));
        Set<String> types = new TreeSet<>();
        for (Element requested : Xml.children(application, TYPES)) {
            Xml.children(requested, TYPE).forEach(type -> types.add(type.getTextContent()));
        }
        List<WebhookDifference> differences = new ArrayList<>();
        wanted.difference(URL, url).ifPresent(differences::add);
        if (keys.callbacks().stream().noneMatch(known -> known.user().equals(user))) {
            Reason reason = user.isEmpty() ? Reason.CREDENTIALS_NOT_SET : Reason.OTHER_CREDENTIALS;
            differences.add(new WebhookDifference(reason, CREDENTIALS, user, "callback-username as configured"));
        }
        String found = String.join(" ", types);
        if (types.addAll(NEEDED_TYPES)) {
            differences.add(new WebhookDifference(Reason.CALLBACK_TYPE_OFF, TYPES, found, String.join(" ", types)));
        }
        return new WebhookResource(
                "application",
                Xml.text(application, "ApplicationId"),
                Xml.text(application, "AppName"),
                List.of(
                        new Setting(URL, WebhookUrl.shown(url)),
                        new Setting(INBOUND_URL, WebhookUrl.shown(Xml.text(application, INBOUND_URL))),
                        new Setting(CREDENTIALS, user),
                        new Setting(TYPES, found)),
                differences,
                "");
    }

    private static String first(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        StringBuilder fields = new StringBuilder();
        resource.mendable().forEach(difference -> fields.append(Xml.element(difference.field(), content(difference))));
        calls.call(
                "PATCH",
                applications.newBuilder().addPathSegment(resource.id()).build(),
                RequestBody.create(
                        Xml.element("Application", fields.toString()).getBytes(StandardCharsets.UTF_8), XML));
    }

    private String content(WebhookDifference difference) {
        BandwidthKeys.CallbackCredentials callback = keys.callbacks().get(0);
        String wanted = Xml.escaped(difference.wanted());
        return switch (difference.field()) {
            case CREDENTIALS ->
                Xml.element("UserId", Xml.escaped(callback.user()))
                        + Xml.element("Password", Xml.escaped(callback.password()));
            case TYPES -> Xml.element(TYPE, wanted.replace(" ", "</" + TYPE + "><" + TYPE + ">"));
            default -> wanted;
        };
    }
}
