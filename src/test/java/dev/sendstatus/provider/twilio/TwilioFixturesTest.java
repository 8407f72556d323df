package dev.sendstatus.provider.twilio;

import dev.sendstatus.provider.AdapterFixtures;

final class TwilioFixturesTest extends AdapterFixtures {
    TwilioFixturesTest() {
        super(new TwilioAdapter());
    }
}
