package dev.sendstatus.app;

import dev.sendstatus.provider.ProviderAdapter;
import dev.sendstatus.provider.bandwidth.BandwidthAdapter;
import dev.sendstatus.provider.telnyx.TelnyxAdapter;
import dev.sendstatus.provider.twilio.TwilioAdapter;
import java.util.ArrayList;
import java.util.List;

/** The providers that are known: a new one is a new package, and a line here. */
public final class Adapters {
    private Adapters() {}

    public static List<ProviderAdapter<?>> all() {
        return List.of(new TelnyxAdapter(), new TwilioAdapter(), new BandwidthAdapter());
    }

    /** Their words, for the help of commands and for completion. */
    public static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        public Words() {
            super(all().stream().map(adapter -> adapter.provider().word()).toList());
        }
    }
}
