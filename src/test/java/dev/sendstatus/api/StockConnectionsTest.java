package dev.sendstatus.api;

import dev.sendstatus.api.jetty.Connections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every answer again, with connections as Jetty serves them by itself: what an operator falls back to. */
class StockConnectionsTest extends WebhookRoutesTest {

    @BeforeAll
    static void switchOff() {
        System.setProperty(Connections.STOCK, "true");
    }

    @AfterAll
    static void switchOn() {
        System.clearProperty(Connections.STOCK);
    }
}
