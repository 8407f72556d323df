package dev.sendstatus.bench;

import com.github.luben.zstd.ZstdDictTrainer;
import dev.sendstatus.provider.CallbackSimulator;
import dev.sendstatus.provider.CallbackSimulator.Outcome;
import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import dev.sendstatus.provider.ProviderAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the dictionary with which bodies of callbacks are compressed. It learns the form of each provider's callbacks. Each simulated one has an
 * account, numbers, a time, a host and a text of its own, so that no values are learnt from them; those of the tests have ids of their own.
 */
final class DictionaryTraining {
    private static final int SAMPLES_OF_EACH = 3_000;
    private static final int BYTES = 32 * 1024;
    private static final int LEVEL = 3;
    /** Below 256 it takes one byte of each compressed body. The next dictionary has the next one. */
    private static final int ID = 1;

    private static final int ID_AT = 4;
    /** A form that is not simulated would be passed over, were it there once. */
    private static final int COPIES_OF_OTHERS = 40;

    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final long SPAN_MILLIS = Duration.ofDays(3_000).toMillis();

    private static final Pattern UUIDS = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Random random = new Random(1);
    private final ZstdDictTrainer trainer = new ZstdDictTrainer(64 << 20, BYTES, LEVEL);

    private DictionaryTraining() {}

    /** @param requests a folder with a folder for each provider, of requests in files that end in {@code .request} */
    static byte[] train(List<ProviderAdapter<?>> adapters, Path requests) throws IOException {
        DictionaryTraining training = new DictionaryTraining();
        for (ProviderAdapter<?> adapter : adapters) {
            training.addSimulated(adapter);
        }
        training.addRequests(requests);
        byte[] dictionary = training.trainer.trainSamples();
        ByteBuffer.wrap(dictionary).order(ByteOrder.LITTLE_ENDIAN).putInt(ID_AT, ID);
        return dictionary;
    }

    private void addSimulated(ProviderAdapter<?> adapter) {
        CallbackSimulator simulator = adapter.simulator();
        List<Outcome> outcomes =
                Stream.of(Outcome.values()).filter(simulator::reports).toList();
        List<String> codes = List.copyOf(simulator.errorFrequencies().keySet());
        for (int i = 0; i < SAMPLES_OF_EACH; i++) {
            Map<String, String> settings = simulator.demoSettings(random);
            Instant sent = FIRST.plusMillis((long) (random.nextDouble() * SPAN_MILLIS));
            Outcome outcome = outcomes.get(random.nextInt(outcomes.size()));
            boolean fails = outcome == Outcome.FAILED || outcome == Outcome.UNCONFIRMED;
            SimulatedMessage message = new SimulatedMessage(
                    simulator.newMessageId(random, sent),
                    number(),
                    number(),
                    outcome,
                    fails ? codes.get(random.nextInt(codes.size())) : null,
                    sent,
                    sent.plusMillis(random.nextInt(100_000)),
                    text());
            String url = "https://" + Long.toString(random.nextLong() >>> 1, 36) + ".example/webhooks/"
                    + adapter.provider().word();
            byte[] body = simulator
                    .unsigned(message, settings, url, sent.plusMillis(random.nextInt(200_000)))
                    .body();
            add(new String(body, StandardCharsets.ISO_8859_1));
        }
    }

    /** The forms that are not simulated: older versions, batches, mistakes. */
    private void addRequests(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".request"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String request = Files.readString(file, StandardCharsets.ISO_8859_1);
            String body = request.substring(request.indexOf("\n\n") + 2);
            for (int copy = 0; copy < COPIES_OF_OTHERS && !body.isEmpty(); copy++) {
                add(body);
            }
        }
    }

    /** With other ids: the simulators name one application, profile and organization, and each operator has others. */
    private void add(String body) {
        byte[] sample = UUIDS.matcher(body)
                .replaceAll(found -> new UUID(random.nextLong(), random.nextLong()).toString())
                .getBytes(StandardCharsets.ISO_8859_1);
        if (!trainer.addSample(sample)) {
            throw new IllegalStateException("there is no room for all samples");
        }
    }

    private String number() {
        return "+1" + (2_000_000_000L + random.nextLong(7_999_999_999L));
    }

    private String text() {
        return Long.toString(random.nextLong() >>> 1, 36) + " " + Long.toString(random.nextLong() >>> 1, 36);
    }
}
