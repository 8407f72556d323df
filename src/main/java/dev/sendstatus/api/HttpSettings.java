package dev.sendstatus.api;

import java.net.URI;

/**
 * Where the server listens and what it is called outside.
 *
 * @param port 0 for any free one
 * @param publicUrl what providers were given, without a trailing slash; Twilio signs over it
 * @param maxBodyBytes a longer body of a callback is refused
 */
public record HttpSettings(String host, int port, URI publicUrl, int maxBodyBytes) {}
