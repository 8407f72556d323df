/**
 * A provider that does not exist, written by docs/adding-a-provider.md to the letter: the document's proof. Its callbacks are one JSON
 * object each, signed by HMAC-SHA256 over time and body.
 */
@NullMarked
package dev.sendstatus.provider.example;

import org.jspecify.annotations.NullMarked;
