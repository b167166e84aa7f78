using K12Hub.App;

return await CommandLine.RunAsync(args);
