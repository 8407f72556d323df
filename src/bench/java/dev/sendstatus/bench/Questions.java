package dev.sendstatus.bench;

import dev.sendstatus.store.DatabaseSettings;
import dev.sendstatus.text.Table;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long the API and the dashboard take to answer: the first page by each filter, statistics of the last day, each page. */
final class Questions {
    private static final int ROUNDS = 5;
    private static final int STATISTICS_ROUNDS = 3;
    private static final String UNKNOWN_NUMBER = "+19995550199";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerProcess server;
    private final Figures figures;

    private String session = "";

    Questions(ServerProcess server, Figures figures) {
        this.server = server;
        this.figures = figures;
    }

    /** @param name of the database, for the heading and the figures */
    void ask(String name) throws Exception {
        time("First page of 100, " + name, name + "_page", filters(), ROUNDS);
        Instant now = Instant.now();
        String day = "/v1/stats?since=" + now.minus(Duration.ofDays(1)) + "&until=" + now;
        List<String> statistics = new ArrayList<>(List.of(day));
        for (String by : List.of(
                "provider",
                "account",
                "from",
                "campaign",
                "tag",
                "link_domain",
                "carrier",
                "error_code",
                "category",
                "hour",
                "day")) {
            statistics.add(day + "&by=" + by);
        }
        time("Statistics of the last day, " + name, name + "_stats", statistics, STATISTICS_ROUNDS);
    }

    /** Opens the dashboard's pages, as somebody does who signed in. */
    void openPages(String name) throws Exception {
        session = BrowserSession.begin(client, server).cookie();
        List<String> pages = new ArrayList<>(List.of(
                "/",
                "/ui/messages",
                "/ui/messages?status=ERROR&since=24h",
                "/ui/statistics",
                "/ui/errors",
                "/ui/errors/twilio/30007",
                "/ui/stuck",
                "/ui/reports",
                "/ui/live",
                "/ui/alerts",
                "/ui/accounts",
                "/ui/quarantine",
                "/ui/relay"));
        List<String> ids = ids(server.database());
        pages.add("/ui/messages/" + encoded(ids.get(ids.size() / 2)));
        time("The dashboard's pages, " + name, name + "_dashboard", pages, ROUNDS);
    }

    /** Messages all over the database. */
    static List<String> ids(DatabaseSettings database) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            long highest = Long.parseLong(one(statement, "SELECT max(id) FROM message"));
            for (int i = 0; i < 1_000; i++) {
                long at = 1 + (i * 7_919L % 1_000) * (highest - 1) / 1_000;
                ids.add(one(statement, "SELECT provider_id FROM message WHERE id >= " + at + " ORDER BY id LIMIT 1"));
            }
        }
        return ids;
    }

    private static Connection connect(DatabaseSettings database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), "any");
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            if (!row.next()) {
                throw new SQLException("nothing is found by " + query);
            }
            return row.getString(1);
        }
    }

    /** What is asked for is in the middle of the database. */
    private List<String> filters() throws SQLException {
        try (Connection connection = connect(server.database());
                Statement statement = connection.createStatement()) {
            long middle = Long.parseLong(one(statement, "SELECT max(id) FROM message")) / 2;
            String from = " FROM message WHERE id >= " + middle + " ORDER BY id LIMIT 1";
            String registered =
                    " FROM message WHERE reference IS NOT NULL AND id >= " + middle + " ORDER BY id LIMIT 1";
            Instant time = Instant.ofEpochMilli(Long.parseLong(one(statement, "SELECT first_event_at" + from)));
            String to = one(
                    statement,
                    "SELECT address FROM recipient WHERE message_id >= " + middle + " ORDER BY message_id LIMIT 1");
            String hour = "since=" + time + "&until=" + time.plus(Duration.ofHours(1));
            List<String> filters = new ArrayList<>(List.of(
                    "",
                    "status=SENT",
                    "status=ERROR",
                    "status=DELIVERED",
                    "provider=twilio",
                    "account=bench",
                    "to=" + encoded(to),
                    "to=" + encoded(UNKNOWN_NUMBER),
                    "to=" + encoded(to.substring(0, 6) + "*"),
                    "from=" + encoded(one(statement, "SELECT sender" + from)),
                    "from=" + encoded(UNKNOWN_NUMBER),
                    "from=" + encoded("+1202*"),
                    "direction=inbound",
                    "direction=outbound",
                    "carrier=none",
                    "error_code=30007",
                    "error_code=none",
                    "category=spam_filter",
                    "campaign=" + one(statement, "SELECT campaign" + registered),
                    "campaign=none",
                    "reference=" + one(statement, "SELECT reference" + registered),
                    "reference=none",
                    "tag=tag-7",
                    "tag=none",
                    "link_domain=link3.example.com",
                    "link_domain=none",
                    hour,
                    "sent_" + hour.replace("&", "&sent_"),
                    hour + "&status=ERROR",
                    hour + "&status=DELIVERED&provider=telnyx"));
            for (String flag : List.of("stuck", "conflict", "unconfirmed")) {
                filters.add(flag + "=true");
                filters.add(flag + "=false");
            }
            return filters.stream()
                    .map(filter -> "/v1/messages?limit=100" + (filter.isEmpty() ? "" : "&" + filter))
                    .toList();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void time(String heading, String figure, List<String> paths, int rounds) throws Exception {
        Table table = Table.figures("asked for", "median ms", "slowest ms", "KB");
        double slowest = 0;
        // Warms up.
        for (String path : paths) {
            answer(path);
        }
        for (String path : paths) {
            List<Double> millis = new ArrayList<>();
            int bytes = 0;
            for (int i = 0; i < rounds; i++) {
                long begun = System.nanoTime();
                bytes = answer(path);
                millis.add((System.nanoTime() - begun) / 1e6);
            }
            double median = Figures.median(millis);
            slowest = Math.max(slowest, median);
            String name = URLDecoder.decode(path, StandardCharsets.UTF_8)
                    .replaceAll("^/v1/(messages\\?limit=100|stats\\?since=[^&]*&until=[^&]*)&?", "");
            table.row(
                    name.isEmpty() ? "everything" : name,
                    "%.1f".formatted(median),
                    "%.1f".formatted(millis.stream().max(Double::compare).orElse(0.0)),
                    bytes / 1024);
        }
        Figures.print(heading, table);
        figures.put(figure + "_ms", slowest, 1);
    }

    private int answer(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + ServerProcess.TOKEN)
                .header("Cookie", session)
                .build();
        var answer = client.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " is answered " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body().length;
    }
}
