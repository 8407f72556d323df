package dev.sendstatus.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The files of a run, deleted at its end, also when it is interrupted.
 *
 * @param path where the databases are
 * @param requests where the requests are: in memory if there is room, so that the disk has only the server's work
 */
record BenchFolder(Path path, Path requests) implements AutoCloseable {
    private static final long ROOM = 4L << 30;

    static BenchFolder make() throws IOException {
        Path path = Files.createTempDirectory(
                Path.of(System.getProperty("sendstatus.bench.folder", System.getProperty("java.io.tmpdir"))),
                "sendstatus-bench");
        Path memory = Path.of("/dev/shm");
        boolean room = Files.isDirectory(memory) && memory.toFile().getUsableSpace() > ROOM;
        BenchFolder folder = new BenchFolder(path, room ? Files.createTempDirectory(memory, "sendstatus-bench") : path);
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "folder"));
        return folder;
    }

    @Override
    public void close() {
        for (Path root : new Path[] {path, requests}) {
            if (Files.exists(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        // A server that is still ending may remove its own.
                        Files.deleteIfExists(file);
                    }
                } catch (IOException | UncheckedIOException e) {
                    System.err.println("Left behind: " + root + " (" + e.getMessage() + ")");
                }
            }
        }
    }
}
