using Microsoft.AspNetCore.Http;

namespace K12Hub.Accounts;

/// <summary>The texts of the pages, in the language a browser asks for: English or Spanish.</summary>
internal sealed class Words
{
    private static readonly Dictionary<string, (string English, string Spanish)> All = new()
    {
        ["signIn"] = ("Sign in", "Iniciar sesión"),
        ["name"] = ("Sign-in name or e-mail", "Nombre de usuario o correo"),
        ["yourName"] = ("Your name", "Su nombre"),
        ["password"] = ("Password", "Contraseña"),
        ["newPassword"] = ("New password, at least {0} characters", "Contraseña nueva, al menos {0} caracteres"),
        ["code"] = ("Code of your app, or a recovery code", "Código de su aplicación o de recuperación"),
        ["appCode"] = ("Code of your app", "Código de su aplicación"),
        ["continue"] = ("Continue", "Continuar"),
        ["wrong"] = (
            "That is not right. Check what you typed.", "No es correcto. Revise lo que escribió."),
        ["wait"] = (
            "Too many attempts. Try again in {0} seconds.",
            "Demasiados intentos. Vuelva a intentarlo en {0} segundos."),
        ["factor"] = ("Second step", "Segundo paso"),
        ["enroll"] = ("Set up a second step", "Configurar un segundo paso"),
        ["enrollText"] = (
            "Add this key to an authenticator app, then type the code it shows.",
            "Agregue esta clave a una aplicación de autenticación y escriba el código que muestra."),
        ["key"] = ("Key", "Clave"),
        ["openApp"] = ("Open in an app", "Abrir en una aplicación"),
        ["codes"] = ("Recovery codes", "Códigos de recuperación"),
        ["codesText"] = (
            "Keep these codes where only you find them. Each works once if you lose your app.",
            "Guarde estos códigos donde solo usted los encuentre. Cada uno sirve una vez si pierde su aplicación."),
        ["invitation"] = ("Choose your password", "Elija su contraseña"),
        ["setup"] = ("First administrator", "Primer administrador"),
        ["setupCode"] = ("Code from the server's console", "Código de la consola del servidor"),
        ["sessions"] = ("Where you are signed in", "Dónde tiene sesión iniciada"),
        ["device"] = ("Browser", "Navegador"),
        ["seen"] = ("Last used (UTC)", "Último uso (UTC)"),
        ["this"] = ("this one", "este"),
        ["end"] = ("End", "Cerrar"),
        ["endAll"] = ("End all others", "Cerrar las demás"),
        ["signOut"] = ("Sign out", "Cerrar sesión"),
        ["again"] = ("Confirm it is you", "Confirme que es usted"),
        ["passkeySignIn"] = ("Sign in with a passkey", "Iniciar sesión con una llave de acceso"),
        ["passkeyAdd"] = ("Add a passkey", "Agregar una llave de acceso"),
        ["passkeys"] = ("Passkeys", "Llaves de acceso"),
        ["remove"] = ("Remove", "Quitar"),
        ["with"] = ("Sign in with {0}", "Iniciar sesión con {0}"),
        ["providerDown"] = (
            "{0} does not answer. Try again later, or sign in with a password.",
            "{0} no responde. Inténtelo más tarde o inicie sesión con una contraseña."),
        ["providerRefused"] = (
            "{0} did not confirm who you are.", "{0} no confirmó quién es usted."),
        ["notLinked"] = (
            "Nobody here is linked to this person at {0}. Sign in another way and link it, or ask an administrator.",
            "Nadie aquí está vinculado con esta persona en {0}. Inicie sesión de otra forma y vincúlela."),
        ["linked"] = ("Linked sign-ins", "Inicios de sesión vinculados"),
        ["link"] = ("Link {0}", "Vincular {0}"),
        ["refused"] = ("This was not sent from our page.", "Esto no se envió desde nuestra página."),
        [PasswordComplaints.TooShort] = (
            "Use at least {0} characters; a sentence is good.", "Use al menos {0} caracteres; una frase sirve."),
        [PasswordComplaints.TooLong] = ("Use at most 256 characters.", "Use 256 caracteres como máximo."),
        [PasswordComplaints.Common] = (
            "Many people would guess this. Choose another.", "Mucha gente lo adivinaría. Elija otra."),
        [PasswordComplaints.TooLate] = ("This link was used already.", "Este enlace ya se usó."),
    };

    private Words(bool spanish) => IsSpanish = spanish;

    public bool IsSpanish { get; }

    public string Language => IsSpanish ? "es" : "en";

    public string this[string key] => IsSpanish ? All[key].Spanish : All[key].English;

    public string With(string key, object value) => string.Format(null, this[key], value);

    public static Words Of(HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage
            .Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant());
        return new(asked.FirstOrDefault(language => language is "en" or "es") == "es");
    }
}
