/**
 * How the providers' REST APIs are spoken to: one HTTP client, credentials that print no secret, and an answer, or the lack of
 * one, as a value. The URLs and the bodies are each provider's own affair, in the package beside this one.
 */
@NullMarked
package dev.sendstatus.provider.rest;

import org.jspecify.annotations.NullMarked;
