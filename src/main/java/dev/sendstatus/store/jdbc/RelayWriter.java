package dev.sendstatus.store.jdbc;

import dev.sendstatus.store.RelayDelivery;
import dev.sendstatus.store.RelayEndpoint;
import dev.sendstatus.store.StoreException;
import java.time.Instant;
import java.util.Collection;

/** Writes the positions of the relay's endpoints, and their deliveries that failed. Each method is one synced transaction, unless it says otherwise. Any thread. */
public final class RelayWriter {
    private final Dialect dialect;
    private final Writer writer;

    RelayWriter(Dialect dialect, Writer writer) {
        this.dialect = dialect;
        this.writer = writer;
    }

    /** Keeps an endpoint of the relay that is new, with that position. One that is known stays as it is. */
    public void addEndpoint(String name, String feed, long position) throws StoreException {
        writer.run("keeping an endpoint", session -> RelayTable.add(session, name, feed, position));
    }

    /** Has a node push for an endpoint until that time. @return false if another one does */
    public boolean takeEndpoint(String name, String owner, Instant now, Instant until) throws StoreException {
        return writer.append("taking an endpoint", session -> RelayTable.take(session, name, owner, now, until));
    }

    /** Has no node push for an endpoint any more, if that one did. */
    public void releaseEndpoint(String name, String owner) throws StoreException {
        writer.run("releasing an endpoint", session -> RelayTable.release(session, name, owner));
    }

    /** Says that no other node is there: those that pushed are gone. */
    public void releaseEndpoints() throws StoreException {
        writer.run("releasing the endpoints", RelayTable::releaseAll);
    }

    /**
     * Keeps how far an endpoint is, and until when its node pushes. A power cut may lose it: what was pushed since is then pushed again.
     *
     * @return false if somebody else changed it since it was read: then nothing is kept
     */
    public boolean save(RelayEndpoint endpoint, Instant until, Collection<RelayDelivery> deliveries)
            throws StoreException {
        return writer.append(
                "keeping how far an endpoint is", session -> RelayTable.save(session, endpoint, until, deliveries));
    }

    public void pause(String name) throws StoreException {
        writer.run("pausing an endpoint", session -> RelayTable.pause(session, name));
    }

    /** Has an endpoint tried now. */
    public void resume(String name, Instant now) throws StoreException {
        writer.run("resuming an endpoint", session -> RelayTable.resume(session, name, now));
    }

    /** Has all that changed since then pushed again. */
    public void recover(String name, Instant since) throws StoreException {
        writer.run(
                "going back in the feed",
                session -> RelayTable.recover(session, name, since, dialect.completeEvents(session) - 1));
    }

    /** Has a delivery tried now. @return false if there is none, or it is delivered */
    public boolean retryDelivery(String endpoint, long sequence, Instant now) throws StoreException {
        return writer.write("retrying a delivery", session -> RelayTable.retry(session, endpoint, sequence, now));
    }

    /** Has all deliveries tried now that are not delivered. @return how many */
    public int retryDeliveries(String endpoint, Instant now) throws StoreException {
        return writer.write("retrying deliveries", session -> RelayTable.retryAll(session, endpoint, now));
    }

    /** Removes deliveries that succeeded before then, and those of which the change is no longer kept. */
    public void removeOldDeliveries(Instant before) throws StoreException {
        writer.run("removing old deliveries", session -> RelayTable.removeOld(session, before));
    }
}
