package dev.sendstatus.api;

import java.net.URI;

/**
 * The address at which the server listens, and its URL outside.
 *
 * @param port 0 for any free one
 * @param publicUrl what providers were given, without a trailing slash; Twilio signs over it
 * @param maxBodyBytes a longer body of a callback is refused
 */
public record HttpSettings(String host, int port, URI publicUrl, int maxBodyBytes) {}
