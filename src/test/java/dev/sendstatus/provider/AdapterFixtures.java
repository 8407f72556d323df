package dev.sendstatus.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case of a provider's fixture folder: the request as it came, and beside it what is to be read in it. A new case is a
 * new pair of files.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterFixtures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ProviderAdapter<?> adapter;

    protected AdapterFixtures(ProviderAdapter<?> adapter) {
        this.adapter = adapter;
    }

    List<Path> cases() {
        return FixtureRequest.all(adapter.provider().word());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsExpected(Path request) throws IOException {
        Path expected =
                request.resolveSibling(request.getFileName().toString().replaceFirst("\\.request$", ".expected.json"));
        JsonNode wanted = JSON.readTree(Files.readAllBytes(expected));
        JsonNode got = ParsedJson.of(
                adapter.parse(FixtureRequest.read(request)), adapter.answeredByTwiml(FixtureRequest.read(request)));
        assertThat(got.toPrettyString())
                .as("%s was sent:%n%s", request.getFileName(), Files.readString(request))
                .isEqualTo(wanted.toPrettyString());
    }
}
