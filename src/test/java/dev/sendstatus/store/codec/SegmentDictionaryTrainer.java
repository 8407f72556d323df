package dev.sendstatus.store.codec;

import com.github.luben.zstd.ZstdDictTrainer;
import dev.sendstatus.store.RawCallback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dictionary for segments from the fixtures of all providers, whose bodies look as the providers' do. Run by hand, from
 * the project's folder, with the new file as its argument; {@link SegmentDictionary} says why an old file is never replaced.
 */
final class SegmentDictionaryTrainer {
    private static final int DICTIONARY_BYTES = 24 << 10;
    private static final int SAMPLES_BYTES = 16 << 20;
    private static final Path FIXTURES = Path.of("src/test/resources/provider");

    private SegmentDictionaryTrainer() {}

    public static void main(String[] arguments) throws IOException {
        ZstdDictTrainer trainer = new ZstdDictTrainer(SAMPLES_BYTES, DICTIONARY_BYTES);
        try (SegmentCodec codec = new SegmentCodec();
                Stream<Path> files = Files.walk(FIXTURES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".request"))
                    .sorted()
                    .toList()) {
                RawCallback callback = callback(Files.readString(file, StandardCharsets.UTF_8));
                if (callback != null) {
                    codec.begin();
                    codec.add(callback, 1);
                    trainer.addSample(codec.plain());
                }
            }
        }
        Files.write(Path.of(arguments[0]), trainer.trainSamples());
    }

    private static @Nullable RawCallback callback(String request) {
        int end = request.indexOf("\n\n");
        if (end < 0) {
            return null;
        }
        List<String> head = request.substring(0, end).lines().toList();
        String body = request.substring(end + 2);
        String type = head.stream()
                .filter(line -> line.startsWith("Content-Type: "))
                .map(line -> line.substring("Content-Type: ".length()).split(";")[0])
                .findFirst()
                .orElse(null);
        return body.length() > 4_000
                ? null
                : new RawCallback("POST", null, type, body.getBytes(StandardCharsets.UTF_8));
    }
}
