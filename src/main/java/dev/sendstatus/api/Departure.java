package dev.sendstatus.api;

import java.util.concurrent.CancellationException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.FillInterest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client went away that waits for its answer: while it waits nothing is read from its connection, so the web server would not.
 * A client that sends its next request before it has the answer counts as gone: it is answered at once.
 */
final class Departure implements Callback {
    private final FillInterest interest;
    private final Runnable gone;

    private Departure(FillInterest interest, Runnable gone) {
        this.interest = interest;
        this.gone = gone;
    }

    /** @param gone run at most once, on the thread that serves all connections: it must return at once */
    static Departure of(Request request, Runnable gone) {
        AbstractEndPoint connection = (AbstractEndPoint)
                request.getConnectionMetaData().getConnection().getEndPoint();
        Departure departure = new Departure(connection.getFillInterest(), gone);
        departure.interest.tryRegister(departure);
        return departure;
    }

    /** To be called before the request is answered: then the web server reads on by itself. */
    void forget() {
        interest.onFail(new CancellationException());
    }

    /** There is something to read, if only the end. */
    @Override
    public void succeeded() {
        gone.run();
    }

    @Override
    public void failed(Throwable failure) {
        if (!(failure instanceof CancellationException)) {
            gone.run();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
