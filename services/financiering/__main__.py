from chassis.process import main
from services.financiering.service import SERVICE

main(SERVICE)
