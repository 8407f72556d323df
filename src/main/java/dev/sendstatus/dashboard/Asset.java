package dev.sendstatus.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** A file of the pages, from the program's own jar. Its name tells its contents, so that a browser may keep it for ever. */
enum Asset {
    STYLE("style.css", "text/css; charset=utf-8", "style.css"),
    SCRIPT("dashboard.js", "text/javascript; charset=utf-8", "dashboard.js"),
    ICON("icon.svg", "image/svg+xml", "icon.svg"),
    HTMX("htmx.js", "text/javascript; charset=utf-8", Asset.WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js"),
    CHART("chart.js", "text/javascript; charset=utf-8", Asset.WEBJARS + "chart.js/4.5.1/dist/chart.umd.min.js");

    static final String FOLDER = "/ui/files/";

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int HASH_DIGITS = 16;

    private final String mediaType;
    private final byte[] bytes;
    private final String file;

    Asset(String name, String mediaType, String resource) {
        this.mediaType = mediaType;
        this.bytes = read(resource);
        int dot = name.lastIndexOf('.');
        this.file = name.substring(0, dot) + "." + hash(bytes) + name.substring(dot);
    }

    /** By the last part of its URL; empty for another name, and for the name of other contents. */
    static Optional<Asset> of(String file) {
        for (Asset asset : values()) {
            if (asset.file.equals(file)) {
                return Optional.of(asset);
            }
        }
        return Optional.empty();
    }

    String url() {
        return FOLDER + file;
    }

    String mediaType() {
        return mediaType;
    }

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    private static byte[] read(String resource) {
        try (InputStream in = Objects.requireNonNull(
                Asset.class.getResourceAsStream(resource), "the program lacks its file " + resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
