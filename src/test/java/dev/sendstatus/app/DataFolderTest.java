package dev.sendstatus.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own files, with the real program in processes of its own. */
@Tag("slow")
class DataFolderTest {
    @TempDir
    private Path folder;

    /** With a token made by the server. */
    private ServerProcess server(String umask) throws IOException {
        return new ServerProcess(
                folder,
                List.of("sh", "-c", "umask " + umask + " && exec \"$@\"", "sh"),
                Map.of("SENDSTATUS_API_TOKEN", ""));
    }

    private Map<String, String> modes() throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.toList()) {
                modes.put(
                        folder.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0022", "0077", "0277"})
    void theFolderAndEveryFileInItAreForTheirOwnerOnlyWhateverTheUmask(String umask) throws Exception {
        try (ServerProcess server = server(umask)) {
            Map<String, String> modes = modes();
            assertThat(modes.remove("data")).isEqualTo("rwx------");
            assertThat(modes.keySet())
                    .contains(
                            "data/api-token",
                            "data/sendstatus.db",
                            "data/sendstatus.db-wal",
                            "data/sendstatus.db-jobs");
            assertThat(modes.values()).as(modes.toString()).containsOnly("rw-------");
            server.stop();
        }
    }

    @Test
    void aFolderThatIsThereKeepsItsRights() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        try (ServerProcess server = server("0022")) {
            assertThat(modes()).containsEntry("data", "rwxr-x---").containsEntry("data/sendstatus.db", "rw-------");
            server.stop();
        }
    }

    @Test
    void aSecondServerOnTheFileIsRefusedWithTheFirstOnesProcessUntilThatOneEnds() throws Exception {
        try (ServerProcess first = server("0022")) {
            assertThatThrownBy(() -> server("0022").close())
                    .hasMessageContaining("did not start")
                    .hasMessageContaining("sendstatus.db already (process " + first.pid() + ")")
                    .hasMessageNotContaining("Exception");
            first.kill();
        }
        try (ServerProcess next = server("0022")) {
            assertThatThrownBy(() -> server("0022").close()).hasMessageContaining("(process " + next.pid() + ")");
            next.stop();
        }
    }
}
