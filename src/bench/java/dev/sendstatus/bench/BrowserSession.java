package dev.sendstatus.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A browser that is signed in to the dashboard. @param cookie of its session */
record BrowserSession(HttpClient client, ServerProcess server, String cookie) {

    static BrowserSession begin(HttpClient client, ServerProcess server) throws IOException, InterruptedException {
        HttpRequest signIn = request(server, "/ui/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(
                        "token=" + URLEncoder.encode(ServerProcess.TOKEN, StandardCharsets.UTF_8)))
                .build();
        var answer = client.send(signIn, BodyHandlers.discarding());
        String cookie = answer.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.split(";", 2)[0])
                .orElseThrow(() -> new IllegalStateException("signing in is answered " + answer.statusCode()));
        return new BrowserSession(client, server, cookie);
    }

    HttpResponse<String> open(String path) throws IOException, InterruptedException {
        return client.send(
                request(server, path).header("Cookie", cookie).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder request(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
