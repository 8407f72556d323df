package dev.sendstatus.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sendstatus.event.DeliveryEvent;
import dev.sendstatus.event.Progress;
import dev.sendstatus.provider.CallbackRequest;
import dev.sendstatus.provider.Parsed;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name must exist: a renamed class or a moved file fails here, not with a reader. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocumentsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path CODE = ROOT.resolve("src/main/java/dev/sendstatus");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS = Pattern.compile("([A-Z][A-Za-z0-9]*[a-z0-9])(?:\\.java)?(?:\\.([A-Za-z_]+))?");
    private static final Pattern CODE_PATH = Pattern.compile("([a-z]+(?:/[a-z]+)*)/([A-Z][A-Za-z0-9]+)(?:\\.java)?");

    /**
     * Endings of our classes' names. Providers' words in the same spelling ({@code MessageSid}, {@code ErrorCode},
     * {@code CallbackType}) have others, and so have the JDK's that the documents name.
     */
    private static final Set<String> OURS = Set.of(
            "Adapter",
            "Adapters",
            "Answer",
            "Api",
            "Authentication",
            "Bench",
            "Call",
            "Checkpointer",
            "Commit",
            "Configuration",
            "Connection",
            "Contract",
            "Credentials",
            "Dictionary",
            "Document",
            "Errors",
            "Event",
            "Fixtures",
            "History",
            "Json",
            "Keys",
            "Loader",
            "Meters",
            "Parser",
            "Pending",
            "Progress",
            "Queue",
            "Reader",
            "Reads",
            "Reading",
            "Refusals",
            "Report",
            "Reports",
            "Routes",
            "Settings",
            "Setup",
            "Simulator",
            "Snapshot",
            "State",
            "Statuses",
            "Store",
            "Sweeper",
            "Test",
            "Tokens",
            "Writer");

    /** By name; packages may use a name twice. */
    private final Map<String, List<Path>> classes = classes();

    List<Path> documents() throws IOException {
        try (Stream<Path> beside = Files.list(ROOT);
                Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(beside, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** A superseded decision may name classes that are gone. */
    private static final String SUPERSEDED = "\nSuperseded by [";

    @Test
    void theDocumentsAreFound() throws IOException {
        assertThat(documents())
                .contains(ROOT.resolve("README.md"), ROOT.resolve("docs/architecture.md"))
                .hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsToAFile(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String target : found(LINK, withoutBlocks(document))) {
            String file = target.contains("#") ? target.substring(0, target.indexOf('#')) : target;
            if (!target.contains("://") && !target.startsWith("mailto:") && !file.isEmpty()) {
                Path folder = document.toAbsolutePath().getParent();
                if (folder == null || !Files.exists(folder.resolve(file))) {
                    broken.add(target);
                }
            }
        }
        assertThat(broken).as("links of %s that lead nowhere", name(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyClassAndTestThatIsNamedExists(Path document) throws IOException {
        assumeFalse(Files.readString(document).contains(SUPERSEDED), "it speaks of what is gone");
        List<String> missing = new ArrayList<>();
        for (String quoted : found(QUOTED, withoutBlocks(document))) {
            Matcher named = CLASS.matcher(quoted);
            if (named.matches() && isOurs(named.group(1), quoted) && !exists(named.group(1), named.group(2))) {
                missing.add(quoted);
            }
            Matcher path = CODE_PATH.matcher(quoted);
            if (path.matches() && !Files.exists(CODE.resolve(path.group(1) + "/" + path.group(2) + ".java"))) {
                missing.add(quoted);
            }
        }
        assertThat(missing)
                .as("classes, members and tests that %s names and nobody has", name(document))
                .isEmpty();
    }

    /** Accept and apply, in order: who reads these ten has followed a callback. */
    @Test
    void theWayOfACallbackIsTenFilesThatExist() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        int begin = text.indexOf("## Follow a callback");
        assertThat(begin).isNotNegative();
        String section = text.substring(begin, text.indexOf("\n## ", begin));
        assertThat(found(Pattern.compile("(?m)^(\\d+)\\. "), section))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        List<String> files = found(Pattern.compile("(?m)^\\d+\\. `([^`]+)`"), section);
        assertThat(files)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(CODE.resolve(file + ".java")).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyScriptAndFileThatIsNamedExists(Path document) throws IOException {
        Set<String> missing = new TreeSet<>();
        for (String word : Files.readString(document).split("[\\s`(),;|]+", -1)) {
            String file = word.endsWith(".") || word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
            boolean ours = Stream.of("scripts/", "src/", "config/", "deploy/").anyMatch(file::startsWith);
            if (ours && !Files.exists(ROOT.resolve(file))) {
                missing.add(file);
            }
        }
        assertThat(missing)
                .as("files that %s names and nobody has", name(document))
                .isEmpty();
    }

    @Test
    void theCallbackOfTheReadmeIsUnderstood() throws IOException {
        List<String> bodies = found(Pattern.compile("-d '([^']+)'"), Files.readString(ROOT.resolve("README.md")));
        assertThat(bodies).hasSize(1);
        CallbackRequest request = new CallbackRequest(
                "POST",
                "http://localhost:8080/webhooks/bandwidth",
                null,
                header -> null,
                bodies.get(0).getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-25T12:00:10Z"));
        assertThat(new BandwidthAdapter().parse(request)).isInstanceOfSatisfying(Parsed.Events.class, parsed -> {
            assertThat(parsed.notUnderstood()).isEmpty();
            DeliveryEvent event = parsed.events().get(0);
            assertThat(event.message().id()).isEqualTo("first-1");
            assertThat(event.progress()).isEqualTo(Progress.FAILED);
            assertThat(event.errorCode()).isEqualTo("4770");
        });
    }

    private static boolean isOurs(String name, String quoted) {
        // A word of one hump (Request, Store) is as likely an English one, unless it is called a file.
        boolean severalHumps = name.chars().filter(Character::isUpperCase).count() > 1;
        return quoted.contains(".java") || severalHumps && OURS.stream().anyMatch(name::endsWith);
    }

    private boolean exists(String name, @Nullable String member) throws IOException {
        if (name.startsWith("Example")) {
            // The provider that docs/adding-a-provider.md invents.
            return true;
        }
        for (Path file : classes.getOrDefault(name, List.of())) {
            if (member == null || Files.readString(file).contains(member)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<Path>> classes() {
        Map<String, List<Path>> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("src"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String name = file.getFileName().toString();
                classes.computeIfAbsent(name.substring(0, name.length() - ".java".length()), key -> new ArrayList<>())
                        .add(file);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    /** Blocks show commands and code, in which brackets mean something else. */
    private static String withoutBlocks(Path document) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean block = false;
        for (String line : Files.readAllLines(document)) {
            if (line.strip().startsWith("```")) {
                block = !block;
            } else if (!block) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String name(Path document) {
        return ROOT.relativize(document.toAbsolutePath()).toString();
    }
}
