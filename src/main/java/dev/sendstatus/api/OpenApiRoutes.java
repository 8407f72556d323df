package dev.sendstatus.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendstatus.provider.ConfiguredProvider;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code /openapi.json}, the API's description; {@code /docs}, the same for a person. All files are in the program: a page that
 * loads scripts from elsewhere would trust their server with the token that is typed into it.
 */
final class OpenApiRoutes {
    private static final String DESCRIPTION = "openapi.yaml";
    private static final String SWAGGER_VERSION = "5.34.1";
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/" + SWAGGER_VERSION + "/";

    /** Swagger UI styles its elements inline and has its icons as data; scripts come from here only, and none is inline. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The files of the page, by their names under {@code /docs/}. */
    private static final Map<String, PageFile> FILES = Map.of(
            "swagger-ui.css", new PageFile(SWAGGER + "swagger-ui.css", "text/css"),
            "swagger-ui-bundle.js", new PageFile(SWAGGER + "swagger-ui-bundle.js", "text/javascript"),
            "docs.js", new PageFile("docs.js", "text/javascript"),
            "favicon-32x32.png", new PageFile(SWAGGER + "favicon-32x32.png", "image/png"));

    private final List<String> providers;
    private final byte[] page;
    /** Made when somebody asks first: it takes a noticeable part of a start. */
    private volatile @Nullable String description;

    private record PageFile(String resource, String mediaType) {}

    OpenApiRoutes(List<ConfiguredProvider<?>> providers) {
        this.providers = providers.stream()
                .map(provider -> provider.adapter().provider().word())
                .toList();
        this.page = bytes("docs.html");
    }

    void install(JavalinConfig config) {
        config.routes.get(
                "/openapi.json", ctx -> ctx.contentType("application/json").result(description()));
        config.routes.get("/docs", ctx -> {
            secured(ctx);
            ctx.contentType("text/html; charset=utf-8").result(page);
        });
        config.routes.get("/docs/{file}", ctx -> {
            PageFile file = FILES.get(ctx.pathParam("file"));
            if (file == null) {
                throw new Unanswerable(404, "Not found", "The page at /docs has no such file.");
            }
            secured(ctx);
            // The version is the program's: an hour is short enough after an upgrade.
            ctx.header("Cache-Control", "max-age=3600");
            ctx.contentType(file.mediaType() + (file.mediaType().startsWith("text/") ? "; charset=utf-8" : ""));
            ctx.result(bytes(file.resource()));
        });
    }

    private static void secured(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
    }

    private String description() {
        String known = description;
        if (known == null) {
            known = json();
            description = known;
        }
        return known;
    }

    /** Written as YAML, which a person can read and comment; served as the JSON that programs expect, with the providers' words. */
    private String json() {
        LoaderOptions options = new LoaderOptions();
        // Against files of others; this one is the program's.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        Yaml yaml = new Yaml(new SafeConstructor(options));
        try (InputStream in = open(DESCRIPTION)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("&providers []", "&providers " + providers);
            return new ObjectMapper().writeValueAsString(yaml.load(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(
                OpenApiRoutes.class.getResourceAsStream(resource), "the program lacks its file " + resource);
    }
}
