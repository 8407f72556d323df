package dev.sendstatus.provider.bandwidth;

import dev.sendstatus.provider.AdapterFixtures;

/** Every file of {@code provider/bandwidth} in the test resources. */
final class BandwidthFixturesTest extends AdapterFixtures {
    BandwidthFixturesTest() {
        super(new BandwidthAdapter());
    }
}
