package dev.sendstatus.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Programs that wait for changes, each over a connection of its own, and that go on from each answer at once. One thread serves them all, so that the
 * server keeps the processors.
 */
final class WaitingPrograms implements Onlookers {
    /** So many may wait. */
    private static final int PROGRAMS = 1_000;

    /** Where an answer says to go on. */
    static final Pattern NEXT = Pattern.compile("\"next_after\":([0-9]+)");

    private static final Pattern WAITING = Pattern.compile("(?m)^sendstatus_changes_waiting ([0-9]+)");
    private static final int LOOK_MILLIS = 20;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOWEST_AREA = 200;
    private static final int AREAS = 800;
    private static final int ONE_IN = 10;

    private final ServerProcess server;
    private final IntFunction<String> filter;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String[] after = new String[PROGRAMS];
    private final Queue<Again> later = new ArrayDeque<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** @param filter of the program with that number */
    private WaitingPrograms(ServerProcess server, IntFunction<String> filter) {
        this.server = server;
        this.filter = filter;
    }

    /** Who was answered 503 asks again a second later, as the answer says. */
    private record Again(Caller caller, long atNanos) {}

    /** How many answers with changes, or at the end of the wait. */
    long answered() {
        return answered.sum();
    }

    /** How many answers of 503. */
    long refused() {
        return refused.sum();
    }

    /** Each waits for a campaign that never comes. */
    static WaitingPrograms forNothing(ServerProcess server) {
        return new WaitingPrograms(server, number -> "campaign=never-" + number);
    }

    /** One in ten waits for the numbers of an area, one change in 800, and each other one for a campaign that never comes. */
    static WaitingPrograms someForAreas(ServerProcess server) {
        return new WaitingPrograms(
                server,
                number -> number % ONE_IN == 0
                        ? "to=%2B1" + (LOWEST_AREA + number % AREAS) + "*"
                        : "campaign=never-" + number);
    }

    @Override
    public AutoCloseable begin() throws Exception {
        Selector selector = Selector.open();
        later.clear();
        Arrays.fill(after, "now");
        for (int i = 0; i < PROGRAMS; i++) {
            ask(new Caller(i, server.port(), selector));
        }
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(selector, ended));
        awaitWaiting(PROGRAMS);
        return () -> {
            ended.set(true);
            serving.get();
            Caller.closeAll(selector);
            selector.close();
            awaitWaiting(0);
        };
    }

    private void serve(Selector selector, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                selector.select(this::take, LOOK_MILLIS);
                while (!later.isEmpty() && later.peek().atNanos <= System.nanoTime()) {
                    ask(later.remove().caller);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(SelectionKey key) {
        Caller caller = (Caller) key.attachment();
        if (!caller.hasRead()) {
            return;
        }
        String text = caller.answer().text();
        int status = caller.answer().take();
        Matcher next = NEXT.matcher(text);
        if (status == 200 && next.find()) {
            after[caller.number()] = next.group(1);
            answered.increment();
            ask(caller);
        } else if (status == 503) {
            refused.increment();
            later.add(new Again(caller, System.nanoTime() + RETRY_NANOS));
        } else {
            throw new IllegalStateException("who waits is answered " + text);
        }
    }

    private void ask(Caller caller) {
        int number = caller.number();
        try {
            caller.ask(Client.question(
                    "/v1/changes?wait=60s&limit=20&after=" + after[number] + "&" + filter.apply(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitWaiting(int programs) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                .build();
        Matcher waiting;
        do {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            waiting = WAITING.matcher(
                    client.send(metrics, BodyHandlers.ofString()).body());
        } while (!waiting.find() || Integer.parseInt(waiting.group(1)) != programs);
    }
}
