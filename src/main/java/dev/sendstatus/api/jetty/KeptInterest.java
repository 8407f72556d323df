package dev.sendstatus.api.jetty;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection whose socket stays registered with its selector while a request is under way. The web server takes each out of it when a
 * request comes and puts it back after the answer: two system calls, and the selector woken, for a socket on which nothing comes meanwhile,
 * because who sends waits for the answer. Only where something does come is it taken out until it is asked for.
 */
final class KeptInterest extends SocketChannelEndPoint {
    private final Invocable.Task fillable = Invocable.from(
            Invocable.InvocationType.NON_BLOCKING, () -> getFillInterest().fillable());

    private SelectionKey key;
    /** Whether the selector tells of what comes. Guarded, with all that changes it, by this. */
    private boolean registered;

    KeptInterest(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
        this.key = key;
    }

    @Override
    protected synchronized void needsFillInterest() {
        if (!registered) {
            registered = true;
            super.needsFillInterest();
        }
    }

    /** A task that does not block is run by the selector's thread before it selects again. Else it would be told of the same bytes for ever. */
    @Override
    public synchronized Runnable onSelected() {
        if (key.readyOps() == SelectionKey.OP_READ
                && getFillInterest().getCallbackInvocationType() == Invocable.InvocationType.NON_BLOCKING) {
            return fillable;
        }
        registered = false;
        return super.onSelected();
    }

    @Override
    public synchronized void replaceKey(SelectionKey newKey) {
        super.replaceKey(newKey);
        key = newKey;
    }
}
