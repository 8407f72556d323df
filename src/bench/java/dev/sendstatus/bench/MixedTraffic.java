package dev.sendstatus.bench;

import dev.sendstatus.provider.CallbackSimulator.SimulatedMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What comes of all providers: realistic messages, through one provider for a while and then another, as campaigns go. One thread. */
final class MixedTraffic {
    private static final int IN_A_ROW = 4_096;

    private final List<Demo> demos = Demo.all();
    private final List<MessageStream> streams = new ArrayList<>();
    private long made;

    /** Other messages each time. */
    MixedTraffic(Instant begin) {
        for (Demo demo : demos) {
            streams.add(new MessageStream(demo.adapter().simulator(), System.nanoTime(), begin, true));
        }
    }

    /** @param begins whether it is the first that is heard of its message */
    record Said(Demo demo, SimulatedMessage message, boolean begins) {}

    /** @param at when a message is sent that begins now */
    Said next(Instant at) {
        int turn = (int) (made++ / IN_A_ROW % demos.size());
        MessageStream stream = streams.get(turn);
        stream.at(at);
        boolean begins = stream.begins();
        return new Said(demos.get(turn), stream.next(), begins);
    }

    /** What is still to be said of the messages that have begun. */
    List<Said> rest() {
        List<Said> rest = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            for (SimulatedMessage message : streams.get(i).rest()) {
                rest.add(new Said(demos.get(i), message, false));
            }
        }
        return rest;
    }
}
