package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.ApiFailed;
import dev.sendstatus.provider.ApiSettings;
import dev.sendstatus.provider.WebhookApi;
import dev.sendstatus.provider.WebhookDifference;
import dev.sendstatus.provider.WebhookResource;
import dev.sendstatus.provider.WebhookUrl;
import dev.sendstatus.provider.rest.ApiCredentials;
import dev.sendstatus.provider.rest.JsonBody;
import dev.sendstatus.provider.rest.PoliteCalls;
import dev.sendstatus.provider.rest.RestClient;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The messaging applications of an account, in XML: {@code docs/providers/bandwidth.md}, From nothing to the first callback. A
 * password is never given back, so one that differs cannot be seen; it is sent only together with its user name.
 */
final class BandwidthWebhookApi implements WebhookApi {
    private static final String REMEDY =
            "client-id and client-secret (Account, API Credentials), and that they have the right to applications";

    private final HttpUrl base;
    private final String accountId;
    private final ApiCredentials client;
    private final BandwidthKeys keys;
    private final PoliteCalls calls;
    private @Nullable ApiCredentials token;

    /** @throws ApiFailed without credentials of the API */
    BandwidthWebhookApi(BandwidthKeys keys, ApiSettings api) throws ApiFailed {
        if (keys.accountId() == null || keys.clientId() == null || keys.clientSecret() == null) {
            throw new ApiFailed(
                    "account-id, client-id and client-secret are not all configured: set BANDWIDTH_ACCOUNT_ID,"
                            + " BANDWIDTH_CLIENT_ID and BANDWIDTH_CLIENT_SECRET (Dashboard, Account, API Credentials)");
        }
        this.base = api.base(BandwidthLookup.ACCOUNTS);
        this.accountId = keys.accountId();
        this.client = ApiCredentials.basic(keys.clientId(), keys.clientSecret());
        this.keys = keys;
        this.calls = new PoliteCalls(api);
    }

    @Override
    public List<WebhookResource> resources(WebhookUrl wanted) throws ApiFailed {
        HttpUrl url = applications().build();
        Element root = Xml.read(calls.get(url, token(), REMEDY), url.host());
        List<Element> lists = Xml.children(root, "ApplicationList");
        List<WebhookResource> resources = new ArrayList<>();
        for (Element element : Xml.children(lists.isEmpty() ? root : lists.get(0), "Application")) {
            Application application = new Application(element);
            if (application.forMessages()) {
                resources.add(application.resource(wanted, keys.users()));
            }
        }
        resources.sort(Comparator.comparing(WebhookResource::id));
        return resources;
    }

    private HttpUrl.Builder applications() {
        return base.newBuilder()
                .addPathSegments("api/accounts")
                .addPathSegment(accountId)
                .addPathSegment("applications");
    }

    /** Lives for an hour at least, which is longer than a command. */
    private ApiCredentials token() throws ApiFailed {
        ApiCredentials known = token;
        if (known == null) {
            HttpUrl url =
                    base.newBuilder().addPathSegments("api/v1/oauth2/token").build();
            byte[] body = calls.call("POST", url, client, PoliteCalls.form("grant_type", "client_credentials"), REMEDY);
            String text = JsonBody.text(JsonBody.read(body, url.host()), "access_token");
            if (text.isEmpty()) {
                throw new ApiFailed(url.host() + " gave no access token: check " + REMEDY);
            }
            known = ApiCredentials.bearer(text);
            token = known;
        }
        return known;
    }

    @Override
    public void apply(WebhookResource resource) throws ApiFailed {
        calls.call(
                "PATCH",
                applications().addPathSegment(resource.id()).build(),
                token(),
                new RestClient.Content("application/xml", change(resource).getBytes(StandardCharsets.UTF_8)),
                REMEDY);
    }

    private String change(WebhookResource resource) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("Application");
            for (WebhookDifference difference : resource.mendable()) {
                xml.writeStartElement(difference.field());
                switch (difference.field()) {
                    case Application.CREDENTIALS -> {
                        write(xml, "UserId", keys.callback().user());
                        write(xml, "Password", keys.callback().password());
                    }
                    case Application.TYPES -> {
                        for (String type : difference.wanted().split(" ")) {
                            write(xml, Application.TYPE, type);
                        }
                    }
                    default -> xml.writeCharacters(difference.wanted());
                }
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML can always be written to a text", e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
