package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.JsonFields;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookDifference.Reason;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookResource.Setting;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.PoliteCalls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
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
    private final HttpUrl tokens;
    private final ApiCredentials client;
    private final BandwidthKeys keys;
    private final PoliteCalls calls;
    private @Nullable ApiCredentials token;

    /** @throws ApiFailed without credentials of the API */
    BandwidthWebhookApi(BandwidthKeys keys, ApiSettings api) throws ApiFailed {
        ApiCredentials known = keys.client();
        if (known == null || keys.accountId() == null) {
            throw new ApiFailed(
                    "account-id, client-id and client-secret are not all configured: set BANDWIDTH_ACCOUNT_ID,"
                            + " BANDWIDTH_CLIENT_ID and BANDWIDTH_CLIENT_SECRET (Dashboard, Account, API Credentials)");
        }
        this.applications = BandwidthTokens.accounts(api)
                .newBuilder()
                .addPathSegments("api/accounts")
                .addPathSegment(keys.accountId())
                .addPathSegment("applications")
                .build();
        this.tokens = BandwidthTokens.endpoint(api);
        this.client = known;
        this.keys = keys;
        this.calls = new PoliteCalls(
                api,
                "client-id and client-secret (Account, API Credentials), and that they have the right to applications");
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        Element root = Xml.read(calls.call("GET", applications, token(), null), applications.host());
        List<Element> lists = Xml.children(root, "ApplicationList");
        List<WebhookResource> resources = new ArrayList<>();
        for (Element application : Xml.children(lists.isEmpty() ? root : lists.get(0), "Application")) {
            if (!Xml.text(application, "ServiceType").startsWith("Voice")) {
                resources.add(resource(application, wanted));
            }
        }
        return resources;
    }

    /** Lives for an hour at least, which is longer than a command. */
    private ApiCredentials token() throws ApiFailed {
        ApiCredentials known = token;
        if (known == null) {
            String text = JsonFields.value(calls.json("POST", tokens, client, BandwidthTokens.GRANT), "access_token");
            if (text.isEmpty()) {
                throw new ApiFailed(tokens.host() + " gave no access token: check client-id and client-secret");
            }
            known = ApiCredentials.bearer(text);
            token = known;
        }
        return known;
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
        CallbackCredentials second = keys.secondaryCallback();
        if (!user.equals(keys.callback().user()) && (second == null || !user.equals(second.user()))) {
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
        calls.call(
                "PATCH",
                applications.newBuilder().addPathSegment(resource.id()).build(),
                token(),
                RequestBody.create(change(resource).getBytes(StandardCharsets.UTF_8), XML));
    }

    private String change(WebhookResource resource) {
        StringBuilder fields = new StringBuilder();
        for (WebhookDifference difference : resource.mendable()) {
            String wanted = difference.wanted();
            fields.append(Xml.element(
                    difference.field(),
                    switch (difference.field()) {
                        case CREDENTIALS ->
                            Xml.element("UserId", Xml.escaped(keys.callback().user()))
                                    + Xml.element(
                                            "Password",
                                            Xml.escaped(keys.callback().password()));
                        case TYPES ->
                            Xml.element(TYPE, Xml.escaped(wanted).replace(" ", "</" + TYPE + "><" + TYPE + ">"));
                        default -> Xml.escaped(wanted);
                    }));
        }
        return Xml.element("Application", fields.toString());
    }
}
