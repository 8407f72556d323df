package dev.sendstatus.reconcile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import dev.sendstatus.provider.telnyx.TelnyxAdapter;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** The three providers' APIs, as far as look-ups use them. */
final class ApiStubs {
    private ApiStubs() {}

    static ApiStub of(String provider) throws IOException {
        return switch (provider) {
            case "twilio" -> new Twilio();
            case "telnyx" -> new Telnyx();
            case "bandwidth" -> new Bandwidth();
            default -> throw new IllegalArgumentException(provider);
        };
    }

    private static String query(HttpUrl url, String name) {
        return Objects.requireNonNull(url.queryParameter(name), name);
    }

    private static int number(HttpUrl url, String name, int otherwise) {
        String text = url.queryParameter(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private static <T> List<T> page(List<T> all, int page, int size) {
        return all.subList(Math.min(all.size(), page * size), Math.min(all.size(), (page + 1) * size));
    }

    private static MockResponse notFound(String fixture) {
        return new MockResponse(404, Headers.of(), ApiStub.fixture(fixture).toString());
    }

    private static final class Twilio extends ApiStub {
        private static final String BASE = "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages";

        Twilio() throws IOException {}

        @Override
        ProviderAdapter<?> adapter() {
            return new TwilioAdapter();
        }

        @Override
        Map<String, String> settings() {
            return Map.of("account-sid", "AC00000000000000000000000000000001", "auth-token", "secret-of-twilio");
        }

        @Override
        MockResponse answer(HttpUrl url) {
            String path = url.encodedPath();
            if (path.equals(BASE + ".json")) {
                return list(url);
            }
            Message message = message(path.substring(BASE.length() + 1, path.length() - ".json".length()));
            return message == null ? notFound("twilio/api/not-found.json") : json(body(message));
        }

        private MockResponse list(HttpUrl url) {
            int page = number(url, "Page", 0);
            int size = number(url, "PageSize", 50);
            List<Message> all = between(Instant.parse(query(url, "DateSent>")), Instant.parse(query(url, "DateSent<")));
            ObjectNode body = object();
            ArrayNode list = body.putArray("messages");
            page(all, page, size).forEach(message -> list.add(body(message)));
            HttpUrl next = url.newBuilder()
                    .setQueryParameter("Page", Integer.toString(page + 1))
                    .setQueryParameter("PageToken", "PA" + page)
                    .build();
            boolean more = (page + 1) * size < all.size();
            body.put("next_page_uri", more ? next.encodedPath() + "?" + next.encodedQuery() : null);
            return json(body);
        }

        private static ObjectNode body(Message message) {
            ObjectNode body = fixture("twilio/api/message.json");
            body.put("sid", message.id());
            body.put("status", message.status());
            body.put("direction", message.inbound() ? "inbound" : "outbound-api");
            if (!message.status().equals("undelivered")) {
                body.putNull("error_code");
            }
            body.put(
                    "date_sent",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            OffsetDateTime.ofInstant(message.sentAt(), ZoneOffset.UTC)));
            return body;
        }
    }

    private static final class Telnyx extends ApiStub {
        Telnyx() throws IOException {}

        @Override
        ProviderAdapter<?> adapter() {
            return new TelnyxAdapter();
        }

        @Override
        Map<String, String> settings() {
            return Map.of("v1-secret", "secret", "api-key", "KEY-secret-of-telnyx");
        }

        @Override
        MockResponse answer(HttpUrl url) {
            if (url.encodedPath().equals("/v2/detail_records")) {
                return list(url);
            }
            Message message = message(url.encodedPath().substring("/v2/messages/".length()));
            if (message == null) {
                return notFound("telnyx/api/not-found.json");
            }
            ObjectNode body = fixture("telnyx/api/message.json");
            ObjectNode data = (ObjectNode) body.get("data");
            data.put("id", message.id());
            data.put("sent_at", message.sentAt().toString());
            ((ObjectNode) data.get("to").get(0)).put("status", message.status());
            if (!message.status().endsWith("failed")) {
                data.putArray("errors");
            }
            return json(body);
        }

        private MockResponse list(HttpUrl url) {
            Instant to = Instant.parse(query(url, "filter[created_at][lt]"));
            List<Message> all = between(Instant.parse(query(url, "filter[created_at][gte]")), to).stream()
                    .filter(message -> message.sentAt().isBefore(to))
                    .toList();
            int page = number(url, "page[number]", 1);
            int size = number(url, "page[size]", 20);
            ObjectNode body = object();
            ArrayNode list = body.putArray("data");
            for (Message message : page(all, page - 1, size)) {
                ObjectNode record = fixture("telnyx/api/detail-record.json");
                record.put("uuid", message.id());
                record.put("status", message.status());
                record.put("direction", message.inbound() ? "inbound" : "outbound");
                record.put("sent_at", message.sentAt().toString());
                list.add(record);
            }
            body.putObject("meta")
                    .put("page_number", page)
                    .put("page_size", size)
                    .put("total_pages", (all.size() + size - 1) / size)
                    .put("total_results", all.size());
            return json(body);
        }
    }

    private static final class Bandwidth extends ApiStub {
        Bandwidth() throws IOException {}

        @Override
        ProviderAdapter<?> adapter() {
            return new BandwidthAdapter();
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    "account-id", "9900000",
                    "callback-username", "callback",
                    "callback-password", "callback-secret",
                    "client-id", "client",
                    "client-secret", "secret-of-bandwidth");
        }

        @Override
        MockResponse answer(HttpUrl url) {
            String id = url.queryParameter("messageId");
            if (id != null) {
                Message message = message(id);
                return json(body(message == null ? List.of() : List.of(message), 0, 100));
            }
            Instant to = Instant.parse(query(url, "toDateTime"));
            List<Message> all = between(Instant.parse(query(url, "fromDateTime")), to).stream()
                    .filter(message -> message.sentAt().isBefore(to))
                    .toList();
            String token = url.queryParameter("pageToken");
            return json(body(all, token == null ? 0 : Integer.parseInt(token), number(url, "limit", 100)));
        }

        private static ObjectNode body(List<Message> all, int page, int size) {
            ObjectNode body = fixture("bandwidth/api/messages.json");
            ObjectNode row = (ObjectNode) body.get("messages").get(0);
            body.put("totalCount", all.size());
            ArrayNode list = body.putArray("messages");
            for (Message message : page(all, page, size)) {
                ObjectNode one = row.deepCopy();
                one.put("messageId", message.id());
                one.put("messageStatus", message.status());
                one.put("messageDirection", message.inbound() ? "INBOUND" : "OUTBOUND");
                one.put("receiveTime", message.sentAt().toString());
                if (!message.status().equals("FAILED")) {
                    one.put("errorCode", 0);
                }
                list.add(one);
            }
            if ((page + 1) * size < all.size()) {
                body.putObject("pageInfo").put("nextPageToken", Integer.toString(page + 1));
            }
            return body;
        }
    }
}
