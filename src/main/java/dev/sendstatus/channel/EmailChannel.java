package dev.sendstatus.channel;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** E-mail over the operator's server. The server's name is checked against its certificate, by the authorities that the JVM trusts. */
final class EmailChannel implements Channel {
    /** For each of some ten steps. */
    private static final Duration STEP = Duration.ofSeconds(10);
    /** For all of them, since each may be slow. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private static final int MOST_SUBJECT = 200;
    private static final int PERMANENT = 500;

    private final MailSettings settings;
    private final List<String> to;
    private final Mailer mailer;
    private final Duration limit;
    /** By the ids of their messages. */
    private final Map<String, Future<ChannelAnswer>> underWay = new ConcurrentHashMap<>();

    private final ExecutorService thread = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mail");
        thread.setDaemon(true);
        return thread;
    });

    EmailChannel(MailSettings settings, List<String> to) {
        this(settings, to, LIMIT);
    }

    EmailChannel(MailSettings settings, List<String> to, Duration limit) {
        this.settings = settings;
        this.to = to;
        this.limit = limit;
        this.mailer = mailer(settings);
    }

    private static Mailer mailer(MailSettings settings) {
        TransportStrategy strategy = settings.security() == MailSettings.Security.TLS
                ? TransportStrategy.SMTPS
                : settings.security() == MailSettings.Security.STARTTLS
                        ? TransportStrategy.SMTP_TLS
                        : TransportStrategy.SMTP;
        var builder = MailerBuilder.withSMTPServer(
                        settings.host(), settings.port(), settings.user(), settings.password())
                .withTransportStrategy(strategy)
                // Addresses were checked when the configuration was read; its own rules refuse some that work.
                .clearEmailValidator()
                .withSessionTimeout((int) STEP.toMillis())
                // The library's own default is to trust any certificate of that name.
                .trustingAllHosts(false)
                .verifyingServerIdentity(true)
                // One address that is refused must not keep the letter from the others.
                .withProperty("mail.smtp.sendpartial", "true")
                .withProperty("mail.smtps.sendpartial", "true");
        if (settings.security() == MailSettings.Security.NONE) {
            // Else it would be tried, without a look at the certificate.
            builder.withProperty("mail.smtp.starttls.enable", "false");
        }
        return builder.buildMailer();
    }

    @Override
    public ChannelAnswer send(Message message) {
        Future<ChannelAnswer> sending = thread.submit(() -> sent(email(message)));
        underWay.put(message.id(), sending);
        try {
            return sending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sending.cancel(true);
            return failed("did not take the mail within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending mail", e.getCause());
        } catch (CancellationException e) {
            return failed("was left, since the program stops");
        } catch (InterruptedException e) {
            sending.cancel(true);
            Thread.currentThread().interrupt();
            return failed("was left, since the program stops");
        } finally {
            underWay.remove(message.id());
        }
    }

    private Email email(Message message) throws AddressException {
        Letter letter = Letter.of(message);
        Message.Mail own = message.mail();
        InternetAddress from = new InternetAddress(settings.from(), true);
        List<InternetAddress> addresses = new ArrayList<>();
        for (String address : to) {
            addresses.add(new InternetAddress(address, true));
        }
        EmailPopulatingBuilder email = EmailBuilder.startingBlank()
                .fixingMessageId("<" + message.id() + "@" + domain(from) + ">")
                .from(from)
                .toMultipleAddresses(addresses)
                .withSubject(Outside.cut(letter.subject(), MOST_SUBJECT))
                .withPlainText(own == null ? letter.text() : own.text())
                .withHTMLText(own == null ? letter.html() : own.html())
                // Nobody's absence is to be answered to a machine.
                .withHeader("Auto-Submitted", "auto-generated");
        if (own != null) {
            email.withAttachment(own.attachmentName(), own.attachment(), type(own.attachmentName()));
        }
        return email.buildEmail();
    }

    private static String type(String name) {
        return name.endsWith(".csv") ? "text/csv; charset=utf-8" : "application/gzip";
    }

    private static String domain(InternetAddress address) {
        return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
    }

    private ChannelAnswer sent(Email email) {
        try {
            mailer.sendMail(email, false).join();
            return new ChannelAnswer.Taken("the mail server took it for " + String.join(", ", to));
        } catch (RuntimeException e) {
            return outcome(e);
        }
    }

    /** In our own words: servers' answers may quote the mail, and the libraries' exceptions the session. */
    private ChannelAnswer outcome(RuntimeException failure) {
        SendFailedException rejected = cause(failure, SendFailedException.class);
        if (rejected != null
                && rejected.getValidSentAddresses() != null
                && rejected.getValidSentAddresses().length > 0) {
            return new ChannelAnswer.Taken("the mail server took it, but not for each of " + String.join(", ", to));
        }
        if (cause(failure, AuthenticationFailedException.class) != null) {
            return refused("refused the user or the password: mend mail.user and mail.password");
        }
        int code = code(failure);
        if (code >= PERMANENT) {
            return refused("refused it for good (" + code + "): look at mail.from and the channel's addresses");
        }
        if (code > 0) {
            return failed("does not take it now (" + code + ")");
        }
        if (cause(failure, SSLException.class) != null) {
            return failed(
                    "has a certificate that is not trusted, or speaks no TLS there: compare mail.host, mail.port and"
                            + " mail.security, and see docs/channels.md for a private authority");
        }
        if (saysNoStartTls(failure)) {
            return refused(
                    "offers no STARTTLS, so nothing was sent: ask for it there, or set mail.security to tls or none");
        }
        if (cause(failure, UnknownHostException.class) != null) {
            return failed("cannot be found by its name");
        }
        if (cause(failure, SocketTimeoutException.class) != null) {
            return failed("did not answer within " + STEP.toSeconds() + " s");
        }
        if (cause(failure, ConnectException.class) != null
                || cause(failure, MailConnectException.class) != null
                || cause(failure, SocketConnectException.class) != null) {
            return failed("takes no connection");
        }
        return failed("broke off");
    }

    private static boolean saysNoStartTls(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (Objects.requireNonNullElse(one.getMessage(), "").contains("STARTTLS is required")) {
                return true;
            }
        }
        return false;
    }

    /** The server's reply code for the address that it objects to most; 0 if it sent no reply. */
    private static int code(Throwable failure) {
        int code = 0;
        for (Throwable one = failure; one != null; one = next(one)) {
            int found = one instanceof SMTPSendFailedException sent
                    ? sent.getReturnCode()
                    : one instanceof SMTPSenderFailedException sender
                            ? sender.getReturnCode()
                            : one instanceof SMTPAddressFailedException address ? address.getReturnCode() : 0;
            code = Math.max(code, found);
        }
        return code;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> kind) {
        for (Throwable one = failure; one != null; one = next(one)) {
            if (kind.isInstance(one)) {
                return kind.cast(one);
            }
        }
        return null;
    }

    /** Mail's exceptions have their causes in a chain of their own. */
    private static @Nullable Throwable next(Throwable one) {
        if (one instanceof jakarta.mail.MessagingException mail && mail.getNextException() != null) {
            return mail.getNextException();
        }
        return one.getCause();
    }

    private ChannelAnswer failed(String why) {
        return new ChannelAnswer.NotTaken(server() + " " + why, false, null);
    }

    private ChannelAnswer refused(String why) {
        return new ChannelAnswer.NotTaken(server() + " " + why, true, null);
    }

    private String server() {
        return "the mail server " + settings.host() + ":" + settings.port();
    }

    @Override
    public void close() {
        underWay.values().forEach(sending -> sending.cancel(true));
        thread.shutdownNow();
    }
}
