package dev.sendstatus.cli;

import dev.sendstatus.outbound.Destination;
import dev.sendstatus.outbound.PushAnswer;
import dev.sendstatus.outbound.PushClient;
import dev.sendstatus.outbound.PushClient.Push;
import dev.sendstatus.outbound.SigningSecret;
import java.time.Duration;
import java.util.List;

/** Pushes what {@code tail} shows to a receiver that is being tried: anywhere, once each, whatever the answer is. */
final class Forwarding implements AutoCloseable {
    private static final String SECRET = "SENDSTATUS_RELAY_SECRET";
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final PushClient client;

    private Forwarding(PushClient client) {
        this.client = client;
    }

    static Forwarding to(String url, CliContext context) throws CommandFailed {
        String given = context.environment().getOrDefault(SECRET, "");
        String secret = given.isEmpty() ? SigningSecret.make() : given;
        Destination destination;
        try {
            destination =
                    new Destination(Destination.url(url, true), List.of(SigningSecret.read(secret)), TIMEOUT, true);
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            throw new CommandFailed((what.contains("secret") ? SECRET : "--forward-to") + " " + what + ".");
        }
        if (given.isEmpty()) {
            context.err().println("Signed with a secret made for this run, " + secret + ": give it to the receiver.");
            context.err().println("With " + SECRET + " set, that one is used.");
            context.err().flush();
        }
        return new Forwarding(new PushClient(destination, 1, context.clock()));
    }

    /** @return what became of it, for a person */
    String push(Push push) {
        long began = System.nanoTime();
        PushAnswer answer = client.send(push);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        if (answer instanceof PushAnswer.Answered answered) {
            String excerpt = answered.excerpt().isEmpty() ? "" : ": " + answered.excerpt();
            return "HTTP " + answered.status() + " in " + millis + " ms" + excerpt;
        }
        return ((PushAnswer.Lost) answer).why();
    }

    @Override
    public void close() {
        client.close();
    }
}
