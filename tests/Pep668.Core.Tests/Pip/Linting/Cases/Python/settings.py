import configparser

config = configparser.ConfigParser()
config["global"] = {"⟦override-setting|break-system-packages⟧": "true"}
config["global"]["⟦override-setting|break-system-packages⟧"] = "yes"
config.set("global", "⟦override-setting|break-system-packages⟧", "true")
config["install"]["⟦override-setting|break-system-packages⟧"] = True
config["global"]["break-system-packages"] = "false"
config.set("global", "break-system-packages", "no")
config.remove_option("global", "break-system-packages")
HELP = {"break-system-packages": "Allows pip to change the system"}
options = {"break-system-packages": options.force}
if config["global"]["break-system-packages"] == "true": pass
if config.get("global", "break-system-packages"): pass
