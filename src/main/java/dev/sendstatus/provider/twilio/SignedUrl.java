package dev.sendstatus.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms of one URL that Twilio may have signed. Whether it signs the port has changed over the years
 * (twilio/twilio-csharp#44, twilio/twilio-python#392), and it documents that it drops a {@code user:password@} which its own
 * SDK tests keep. Only the authority is touched: Twilio's Java SDK takes the URL apart and puts it together again, which turns
 * {@code %2B} into a plus and breaks the signature.
 */
final class SignedUrl {
    /** Scheme, user and password, host, port, and all that follows. An IPv6 address in brackets has colons of its own. */
    private static final Pattern PARTS =
            Pattern.compile("([^:/?]*://)((?:[^/?]*@)?)(\\[[^\\]/?]*]|[^:/?]*)((?::[^/?]*)?)(.*)", Pattern.DOTALL);

    private SignedUrl() {}

    /** Each different form as UTF-8, the likeliest first; four at most, so that two tokens cost eight hashes. */
    static List<byte[]> forms(String publicUrl, @Nullable String query) {
        String url = query == null ? publicUrl : publicUrl + '?' + query;
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches()) {
            return List.of(url.getBytes(StandardCharsets.UTF_8));
        }
        String scheme = parts.group(1);
        String port = parts.group(4);
        String otherPort = !port.isEmpty() ? "" : scheme.equals("https://") ? ":443" : ":80";
        List<byte[]> forms = new ArrayList<>(4);
        for (String user : parts.group(2).isEmpty() ? List.of("") : List.of("", parts.group(2))) {
            for (String some : List.of(port, otherPort)) {
                String form = scheme + user + parts.group(3) + some + parts.group(5);
                forms.add(form.getBytes(StandardCharsets.UTF_8));
            }
        }
        return forms;
    }
}
