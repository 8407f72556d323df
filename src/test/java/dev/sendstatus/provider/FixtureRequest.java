package dev.sendstatus.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a file holds it: the request line, the headers, an empty line, and the body to the last byte. The line ends of
 * the head are LF; one LF at the very end of the file belongs to the file, not to the body.
 */
public final class FixtureRequest {
    /** When every fixture's request arrives, unless a test says otherwise. */
    public static final Instant RECEIVED_AT = Instant.parse("2026-11-25T12:00:00Z");

    public static final String PUBLIC_URL = "https://status.example.com";

    private FixtureRequest() {}

    public static CallbackRequest read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files {@code <case>.request} of one provider's folder, in order of their names. */
    public static List<Path> all(String provider) {
        URL folder = FixtureRequest.class.getResource("/provider/" + provider);
        if (folder == null) {
            throw new IllegalStateException("no folder src/test/resources/provider/" + provider);
        }
        try (var files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".request"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static CallbackRequest parse(byte[] bytes) {
        List<String> head = new ArrayList<>();
        int at = 0;
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            while (at < bytes.length && bytes[at] != '\n') {
                line.write(bytes[at++]);
            }
            at++;
            if (line.size() == 0) {
                break;
            }
            head.add(line.toString(StandardCharsets.UTF_8));
        }
        int end = bytes.length > at && bytes[bytes.length - 1] == '\n' ? bytes.length - 1 : bytes.length;
        byte[] body = at >= bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, at, end);
        String[] requestLine = head.get(0).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String header : head.subList(1, head.size())) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        String target = requestLine[1];
        int mark = target.indexOf('?');
        return new CallbackRequest(
                requestLine[0],
                URI.create(PUBLIC_URL) + (mark < 0 ? target : target.substring(0, mark)),
                mark < 0 ? null : target.substring(mark + 1),
                name -> headers.get(name.toLowerCase(Locale.ROOT)),
                body,
                RECEIVED_AT);
    }
}
