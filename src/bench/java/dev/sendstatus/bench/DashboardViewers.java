package dev.sendstatus.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * People who look on: each is signed in and goes from page to page, and the parts of a page that refresh do so as often as
 * {@code dashboard.js} has it.
 */
final class DashboardViewers implements Onlookers {
    private static final int VIEWERS = 20;
    private static final List<String> PAGES = List.of("/", "/ui/messages", "/ui/statistics", "/ui/live");
    private static final int ON_A_PAGE_SECONDS = 12;
    private static final int LIVE_SECONDS = 2;
    private static final int REFRESH_SECONDS = 10;
    private static final Pattern PART =
            Pattern.compile("data-hx-get=\"([^\"]+)\"[^>]*data-hx-trigger=\"(live|refresh) from:body\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Histogram micros = new ConcurrentHistogram(3);
    private final ServerProcess server;

    DashboardViewers(ServerProcess server) {
        this.server = server;
    }

    /** How long each page and each part took, in microseconds. */
    Histogram micros() {
        return micros;
    }

    @Override
    public AutoCloseable begin() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(VIEWERS);
        List<Future<?>> viewers = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            BrowserSession session = BrowserSession.begin(client, server);
            int number = i;
            viewers.add(threads.submit(() -> {
                look(session, number);
                return null;
            }));
        }
        return () -> {
            threads.shutdownNow();
            for (Future<?> viewer : viewers) {
                try {
                    viewer.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof InterruptedException)) {
                        throw e;
                    }
                }
            }
        };
    }

    private void look(BrowserSession session, int number) throws IOException, InterruptedException {
        // Not all at the same moment.
        TimeUnit.MILLISECONDS.sleep(number * 1_000L * ON_A_PAGE_SECONDS / VIEWERS);
        for (int page = number; true; page++) {
            String shown = open(session, PAGES.get(page % PAGES.size()));
            for (int second = LIVE_SECONDS; second <= ON_A_PAGE_SECONDS; second += LIVE_SECONDS) {
                TimeUnit.SECONDS.sleep(LIVE_SECONDS);
                Matcher part = PART.matcher(shown);
                boolean found = part.find();
                if (found && part.group(2).equals("live")) {
                    shown = open(session, url(part));
                } else if (found && second == REFRESH_SECONDS) {
                    open(session, url(part));
                }
            }
        }
    }

    private static String url(Matcher part) {
        return part.group(1).replace("&amp;", "&");
    }

    private String open(BrowserSession session, String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        HttpResponse<String> answer = session.open(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " is answered " + answer.statusCode() + ": " + answer.body());
        }
        micros.recordValue((System.nanoTime() - begun) / 1_000);
        return answer.body();
    }
}
