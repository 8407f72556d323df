package dev.sendstatus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the databases and the requests of a run are, deleted at its end. */
record BenchFolder(Path path) implements AutoCloseable {

    static BenchFolder make() throws IOException {
        return new BenchFolder(Files.createTempDirectory(
                Path.of(System.getProperty("sendstatus.bench.folder", System.getProperty("java.io.tmpdir"))),
                "sendstatus-bench"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                // A server that is still ending may remove its own.
                Files.deleteIfExists(file);
            }
        }
    }
}
