package dev.sendstatus.provider.telnyx;

import dev.sendstatus.provider.AdapterFixtures;

/** Every case in {@code src/test/resources/provider/telnyx}. */
class TelnyxFixturesTest extends AdapterFixtures {
    TelnyxFixturesTest() {
        super(new TelnyxAdapter());
    }
}
