package dev.sendstatus.webhooks;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import mockwebserver3.MockResponse;
import okhttp3.Credentials;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The applications of an account, in XML, behind OAuth 2. A password is taken and never given back. */
public final class FakeBandwidthApi extends FakeProviderApi {
    private static final String APPLICATIONS = "/api/accounts/9900000/applications";

    private final Document document;
    private @Nullable String other;

    public FakeBandwidthApi() throws IOException {
        document = parse(resource("bandwidth/api/webhook-applications.xml"));
    }

    /** Answers with that instead of the applications. @param name of a file; HOST in it becomes this server */
    public void answerWith(String name) {
        other = resource("bandwidth/api/" + name).replace("http://HOST", url());
    }

    @Override
    protected MockResponse answer(String method, String path, String target, String body, Headers headers) {
        String authorization = headers.get("Authorization");
        if (path.equals("/api/v1/oauth2/token")) {
            boolean right = Credentials.basic("client", "client-secret-secret").equals(authorization)
                    && body.equals("grant_type=client_credentials");
            return right ? ok("application/json", resource("bandwidth/api/webhook-token.json")) : status(401);
        }
        if (!"Bearer eyJraWQiOiJ0b2tlbiJ9.e30.c2ln".equals(authorization)) {
            return status(401);
        }
        if (method.equals("GET") && path.equals(APPLICATIONS)) {
            return ok("application/xml", other == null ? text() : other);
        }
        if (method.equals("PATCH") && path.startsWith(APPLICATIONS + "/")) {
            return patched(path.substring(APPLICATIONS.length() + 1), body);
        }
        return status(404);
    }

    private MockResponse patched(String id, String body) {
        NodeList applications = document.getElementsByTagName("Application");
        for (int i = 0; i < applications.getLength(); i++) {
            Element application = (Element) applications.item(i);
            if (application
                    .getElementsByTagName("ApplicationId")
                    .item(0)
                    .getTextContent()
                    .equals(id)) {
                NodeList changes = parse(body).getDocumentElement().getChildNodes();
                for (int c = 0; c < changes.getLength(); c++) {
                    replace(application, changes.item(c));
                }
                return ok("application/xml", "<ApplicationProvisioningResponse/>");
            }
        }
        return status(404);
    }

    private void replace(Element application, Node change) {
        NodeList old = application.getElementsByTagName(change.getNodeName());
        if (old.getLength() > 0) {
            application.removeChild(old.item(0));
        }
        Element added = (Element) document.importNode(change, true);
        NodeList passwords = added.getElementsByTagName("Password");
        if (passwords.getLength() > 0) {
            added.removeChild(passwords.item(0));
        }
        application.appendChild(added);
    }

    private static Document parse(String text) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text() {
        StringWriter text = new StringWriter();
        try {
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
